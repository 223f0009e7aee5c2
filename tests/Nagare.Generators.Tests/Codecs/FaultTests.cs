using System.Collections.Immutable;
using System.Text.Json;

namespace Nagare.Generators.Tests.Codecs;

public sealed class FaultTests
{
    private const string Demand = "\"demanded\":\"d\"";

    // The caret stands before the byte that the error names.
    [Theory]
    [InlineData("{\"required\":\"r\"^}", "demanded", "the required member is absent")]
    [InlineData("{\"demanded\":\"d\"^}", "required", "the required member is absent")]
    [InlineData("{\"required\":\"r\"," + Demand + ",^\"required\":\"s\"}", "required", "the member is there twice")]
    [InlineData("{\"required\":^null," + Demand + "}", "required", "expected a string, found null")]
    [InlineData("{\"number\":^2147483648}", "number", "the number does not fit int")]
    [InlineData("{\"number\":^1.5}", "number", "the number does not fit int")]
    [InlineData("{\"number\":^\"1\"}", "number", "expected a number, found a string")]
    [InlineData("{\"ratio\":^1e999}", "ratio", "the number does not fit double")]
    [InlineData("{\"colour\":^\"red\"}", "colour", "Colour has no such name")]
    [InlineData("{\"colour\":^7}", "colour", "expected a name, found a number")]
    [InlineData("{\"text\":^{}}", "text", "expected a string, found an object")]
    [InlineData("^[]", null, "expected an object, found an array")]
    public void A_fault_names_event_version_member_and_byte(string json, string? member, string reason)
    {
        var offset = json.IndexOf('^');
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Defaults>(json.Remove(offset, 1)));

        Assert.Equal("everything/defaults", fault.EventName);
        Assert.Equal(1, fault.SchemaVersion);
        Assert.Equal(member, fault.Member);
        Assert.Equal(offset, fault.ByteOffset);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_to_a_fault_leads_past_names_that_are_no_text()
    {
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Defaults>("""{"\ud800":[],"number":true}"""));
        Assert.Equal(("number", 22L), (fault.Member, fault.ByteOffset));

        fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Maps>("""{"plain":{"\ud800":1}}"""));
        Assert.Equal(("plain.\\ud800", 10L), (fault.Member, fault.ByteOffset));
    }

    [Theory]
    [InlineData("""{"order":{"id":"1","lines":[{"sku":"a","quantity":1,"price":1},{"sku":"b","quantity":^true,"price":1}]}}""", "order.lines[1].quantity")]
    [InlineData("""{"order":{"id":"1","lines":[{"sku":"a","price":1^}]}}""", "order.lines[0].quantity")]
    [InlineData("""{"order":{"id":"1","lines":[^7]}}""", "order.lines[0]")]
    [InlineData("""{"order":{"id":"1","lines":[],"address":{"street":"s",^"street":"t"}}}""", "order.address.street")]
    [InlineData("""{"unknown":[[{"a":1}]],"tree":{"value":1,"children":[{"value":2,"children":[]},{"value":^"3","children":[]}]}}""", "tree.children[1].value")]
    public void A_fault_inside_names_the_path_to_it(string json, string member)
    {
        var offset = json.IndexOf('^');
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Nested>(json.Remove(offset, 1)));

        Assert.Equal(member, fault.Member);
        Assert.Equal(offset, fault.ByteOffset);
    }

    [Theory]
    [InlineData("Read, read")]
    [InlineData("Read,")]
    [InlineData("Read, 2")]
    [InlineData("")]
    public void A_flag_that_the_enum_does_not_have_is_a_fault(string text)
    {
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Flagged>($$"""{"list":["None","{{text}}"],"access":"None","edges":"Nothing"}"""));

        Assert.Equal("list[1]", fault.Member);
        Assert.Contains("Access has no such name", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"plain\":{\"a\":1,^\"a\":2}}", "plain.a")]
    [InlineData("{\"immutable\":{\"x\":^3}}", "immutable.x")]
    public void A_fault_in_a_dictionary_names_its_key(string json, string member)
    {
        var offset = json.IndexOf('^');
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Maps>(json.Remove(offset, 1)));

        Assert.Equal(member, fault.Member);
        Assert.Equal(offset, fault.ByteOffset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"text\":\"t\",")]
    [InlineData("{\"text\":tru}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    public void Broken_JSON_is_the_same_typed_error(string json)
    {
        var fault = Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Texts>(json));

        Assert.Equal("everything/texts", fault.EventName);
        Assert.NotNull(fault.ByteOffset);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_the_same_typed_error()
    {
        byte[] json = [.. "{\"text\":\""u8, 0xff, .. "\"}"u8];

        Assert.Equal("text", Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Texts>(json)).Member);
    }

    public static TheoryData<object, string> Unstorable => new()
    {
        { new Everything.Texts("a\ud800b", 'c', null, default, false), "text" },
        { new Everything.Texts("\udc00", 'c', null, default, false), "text" },
        { new Everything.Texts("a", '\ud800', null, default, false), "character" },
        { new Everything.Texts("a", 'c', "\ud83d", default, false), "nullable" },
        { new Everything.Texts(null!, 'c', null, default, false), "text" },
        { new Everything.Fractions(1, double.NaN, 1), "double" },
        { new Everything.Fractions(1, double.PositiveInfinity, 1), "double" },
        { new Everything.Fractions(float.NegativeInfinity, 1, 1), "single" },
        { new Everything.Nested(new Order("1", [], null), default, (Colour)3, null), "colour" },
        { new Everything.Nested(new Order("1", [new Line("a", 1, 1), new Line("\udfff", 1, 1)], null), default, Colour.Red, null), "order.lines[1].sku" },
        { new Everything.Nested(new Order("1", [], new Address { Street = "\ud800" }), default, Colour.Red, null), "order.address.street" },
        { new Everything.Flagged((Access)16, null, [], default), "access" },
        { new Everything.Flagged(Access.Read, Access.Read | (Access)32, [], default), "optional" },
        { new Everything.Raw(default, null), "json" },
        { new Everything.Maps([], new Dictionary<string, string?> { ["k"] = "\ud800" }, [], ImmutableDictionary<string, Line>.Empty, ImmutableSortedDictionary<string, List<int>>.Empty), "readOnly.k" },
    };

    [Theory]
    [MemberData(nameof(Unstorable), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_stored_is_refused_at_write(object e, string member)
    {
        var fault = Assert.Throws<EventFormatException>(() => Wire.Write(e));

        Assert.Equal(Wire.TypeOf(e).ToString(), fault.EventName);
        Assert.Equal(member, fault.Member);
        Assert.Null(fault.ByteOffset);
    }

    [Fact]
    public void A_nested_type_read_alone_fails_as_JSON_does() =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize("""{"sku":1}""", typeof(Line), EverythingModel.Json.Default));
}
