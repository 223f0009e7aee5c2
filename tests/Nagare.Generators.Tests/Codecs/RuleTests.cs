using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nagare.Storage;

namespace Nagare.Generators.Tests.Codecs;

public sealed class RuleTests
{
    private static readonly JsonSerializerOptions Ambient = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper, TypeInfoResolver = EverythingModel.Json.Default };

    private static readonly JsonSerializerOptions Chained = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine(EverythingModel.Json.Default, ForeignJson.Default) };

    [Fact]
    public void An_absent_member_takes_its_default()
    {
        var e = Wire.Read<Everything.Defaults>("""{"required":"r","demanded":"d"}""");

        Assert.Equal(new Everything.Defaults("r") { Demanded = "d" }, e);
        Assert.Equal((7, "seven", Colour.Blue, 0.5, "set", "initial", 3), (e.Number, e.Text, e.Colour, e.Ratio, e.Nullable, e.Init, e.Set));
    }

    [Fact]
    public void An_absent_nullable_member_is_null() =>
        Assert.Equal(new Everything.Nullables(null, null, null, null, null, null, null, null, null), Wire.Read<Everything.Nullables>("{}"));

    [Fact]
    public void Unknown_members_are_skipped_wherever_they_stand() =>
        Assert.Equal(
            new Everything.Explained("n", new Line("s", 1, 2), 0.5, new DateOnly(2026, 1, 2), null),
            Wire.Read<Everything.Explained>("""{"x":{"y":[1,{"z":null}]},"name":"n","line":{"a":0,"sku":"s","quantity":1,"b":[],"price":2},"ratio":0.5,"day":"2026-01-02","end":1}"""));

    [Fact]
    public void Init_members_of_generic_types_are_read_and_keep_their_defaults()
    {
        const string Json = """{"number":{"value":3,"more":[1]},"words":{"first":"f","second":2},"inherited":{"x":1,"y":2}}""";
        Assert.Equal(Json, Wire.Text(Wire.Write(Wire.Read<Everything.Boxed>(Json))));

        var absent = Wire.Read<Everything.Boxed>("""{"number":{},"words":{}}""");
        Assert.Equal((0, 0, null, 4, default), (absent.Number.Value, absent.Number.More.Count, absent.Words.First, absent.Words.Second, absent.Inherited));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"sku":"s","quantity":1,"price":2}""")]
    [InlineData("""{"sku":"s","quantity":1,"price":2,"\udc00x":{"\ud800":[]}}""")]
    public void An_unknown_name_that_is_no_text_is_skipped(string line) =>
        Assert.Equal(new Line("s", 1, 2), Wire.Read<Everything.Explained>($$"""{"name":"n","line":{{line}},"ratio":1,"day":"2026-01-02"}""").Line);

    [Fact]
    public void Members_are_found_in_any_order_and_under_escaped_names() =>
        Assert.Equal(
            new Line("s", 1, 2),
            Wire.Read<Everything.Explained>("""{"day":"2026-01-02","ratio":1,"line":{"price":2,"qu\u0061ntity":1,"s\u006bu":"s"},"\u006eame":"n"}""").Line);

    [Fact]
    public void More_than_sixty_four_members_are_told_apart()
    {
        var json = Wire.Write(new Everything.Wide(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
            34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66));
        var text = Wire.Text(json);

        Assert.Equal(text, Wire.Text(Wire.Write(Wire.Read<Everything.Wide>(json))));
        Assert.Equal(5, Wire.Read<Everything.Wide>(text.Replace(",\"m66\":66", "", StringComparison.Ordinal)).M66);
        Assert.Equal("m65", Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Wide>(text.Replace(",\"m65\":65", "", StringComparison.Ordinal))).Member);
        Assert.Equal("m64", Assert.Throws<EventFormatException>(() => Wire.Read<Everything.Wide>(text.Replace("}", ",\"m64\":1}", StringComparison.Ordinal))).Member);
    }

    [Fact]
    public void Wire_names_ignore_ambient_options()
    {
        Assert.Equal("""{"id":"1","lines":[],"address":null}""", JsonSerializer.Serialize(new Order("1", [], null), Ambient));
    }

    [Fact]
    public void Raw_JSON_keeps_its_bytes_both_ways()
    {
        var raw = """{ "a" : 1.50, "a":"\u0041", "é":[ ] }""";
        var json = $$"""{"json":{{raw}},"optional":null}""";

        Assert.Equal(json, Wire.Text(Wire.Write(Wire.Read<Everything.Raw>(json))));
    }

    [Fact]
    public void A_foreign_type_goes_through_the_context_of_its_family()
    {
        var e = new Everything.Foreign(new Uri("https://example.org/a"), null, [new Version(1, 2)]);

        Assert.Equal("""{"link":"https://example.org/a","optional":null,"versions":["1.2"]}""", Wire.Text(Wire.Write(e)));
        Assert.Equal(e.Link, Wire.Read<Everything.Foreign>(Wire.Write(e)).Link);
    }

    [Fact]
    public void A_type_with_a_converter_of_its_own_goes_through_the_context_and_so_does_one_with_a_converter_on_a_member()
    {
        var e = new Everything.Converted(new Celsius(20), [new Celsius(-3)], new Reading(new Celsius(7), 1), Colour.Green);

        Assert.Equal("""{"temperature":"20C","history":["-3C"],"reading":{"Value":"7C","Sensor":1},"colour":"deep green"}""", Wire.Text(Wire.Write(e)));
        var read = Wire.Read<Everything.Converted>(Wire.Write(e));
        Assert.Equal((e.Temperature, e.History[0], e.Reading, e.Colour), (read.Temperature, read.History[0], read.Reading, read.Colour));
    }

    [Theory]
    [InlineData("Read, to write", Access.Read | Access.Write)]
    [InlineData("to write,Read", Access.Read | Access.Write)]
    [InlineData("Run , Change", Access.Run | Access.Change)]
    [InlineData("Alter", Access.Change)]
    [InlineData("None, Read", Access.Read)]
    public void Flags_are_read_in_any_order(string text, Access expected) =>
        Assert.Equal(expected, Wire.Read<Everything.Flagged>($$"""{"access":"{{text}}","list":[],"edges":"Nothing"}""").Access);

    [Fact]
    public void A_private_event_is_stored_too()
    {
        var json = Wire.Write(Everything.MakeHidden("s", 3));
        var reader = new Utf8JsonReader(json);

        Assert.Equal("""{"secret":"s","inside":{"number":3}}""", Wire.Text(json));
        Assert.Equal(Everything.MakeHidden("s", 3), Wire.Family.Events.Single(type => type.Name == "hidden").Read(ref reader));
    }

    [Fact]
    public void A_template_is_filled_without_the_culture_of_the_machine()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
        try
        {
            var e = new Everything.Explained("n", new Line("s", 1, 2), 0.5, new DateOnly(2026, 1, 2), null);
            Assert.Equal(
                new Explanation("Event n", "s at 0.50 {literally} {Unknown}", ("name", "n"), ("day", "2026")) { Detail = "", Actor = "user:n" },
                Wire.TypeOf(e).ExplainByTemplate(e, null!));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_the_journal_keeps_explains_a_renamed_member_as_its_type_does()
    {
        var e = new Everything.Renamed("n", 7, "u", 3) { Label = new Labelled("l") };
        var type = Wire.TypeOf(e);
        var known = type.ExplainByTemplate(e, null!);
        var stored = StoredExplanation.Of(new StoredEventType(type.Family, type.Name, type.SchemaVersion, type.Schema, type.Template), Wire.Write(e));

        Assert.Equal(new Explanation("n is 007", "u 3  {Name} l {Dotted} {a{b}", ("name", "n"), ("plain", "")) { Detail = "7" }, known);
        Assert.Equal(known, stored);
        Assert.Equal("{the name} is {größe:000}", type.Template!.Title);
    }

    [Fact]
    public void The_context_chains_with_a_context_of_the_users_own()
    {
        Assert.Equal("""{"sku":"s","quantity":1,"price":2}""", JsonSerializer.Serialize(new Line("s", 1, 2), Chained));
        Assert.Equal("\"https://example.org/\"", JsonSerializer.Serialize(new Uri("https://example.org/"), Chained));
        Assert.Equal(new Everything.Empty(), JsonSerializer.Deserialize("{}", typeof(Everything.Empty), EverythingModel.Json.Default));
    }

    [Fact]
    public void The_schema_says_what_is_stored() =>
        Assert.Equal(
            "name string\nline Line? optional\nratio double\nday dateonly\nnothing string? optional\n\nLine has\nsku string\nquantity int32\nprice decimal",
            Wire.TypeOf<Everything.Explained>().Schema);

    [Fact]
    public void Reading_allocates_the_event_and_nothing_else()
    {
        var json = Wire.Write(new Everything.Fractions(1, 2, 3));
        var type = Wire.TypeOf<Everything.Fractions>();
        const int Rounds = 1_000;
        Allocated(1);
        var eventBytes = Allocated(Rounds, () => new Everything.Fractions(1, 2, 3));

        Assert.Equal(eventBytes, Allocated(Rounds));

        long Allocated(int rounds, Func<object>? make = null)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rounds; i++)
            {
                if (make is not null)
                {
                    make();
                    continue;
                }

                var reader = new Utf8JsonReader(json);
                type.Read(ref reader);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_state_is_described_by_its_public_properties()
    {
        var state = new Described { Name = "n", Ratio = double.NaN, Tree = new Tree(1, [new Tree(2, [])]), Link = new Uri("https://example.org/") };
        state.Lines.Enqueue(new Line("s", 1, 2));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Described.Describe(state, writer);
        }

        Assert.Equal(
            """{"name":"n","ratio":"NaN","colour":"Red","count":null,"point":{"x":0,"y":0},"tree":{"value":1,"children":[{"value":2,"children":[]}]},"unset":[],"lines":[{"sku":"s","quantity":1,"price":2}],"map":{},"computed":2,"link":"https://example.org/","opaque":"(not describable: System.Action)","other name":null}""",
            Wire.Text(buffer.WrittenSpan.ToArray()));
    }
}
