using System.Text;
using System.Text.Json;

namespace Nagare.Tests.Upcasters;

public sealed class FormerNameTests
{
    [Fact]
    public async Task Former_names_of_event_member_and_enum_are_read()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new Yesterday.Finished("rain", "Cross"));

        var read = Assert.Single(await desk.Read());

        Assert.Equal(new CourierEvent.Ended("rain") { Mood = Mood.Angry }, read.Event);
        Assert.Equal("finished", read.TypeName);
    }

    [Fact]
    public async Task Writing_uses_the_names_of_today()
    {
        await using var desk = new CourierDesk();
        await desk.Days.Append(CourierDesk.Monday, ExpectedVersion.NoStream, [new CourierEvent.Ended("rain") { Mood = Mood.Angry }]);

        var stored = Assert.Single(await desk.Read());

        Assert.Equal(("courier", "ended"), (stored.Family, stored.TypeName));
        Assert.Equal("""{"reason":"rain","mood":"Angry"}""", Encoding.UTF8.GetString(stored.Data.Span));
    }

    [Fact]
    public async Task A_family_is_read_under_its_former_name_and_its_streams_go_on()
    {
        await using var desk = new CourierDesk();
        await using (var earlier = await Nagare.Journal.Open(Yesterday.Build("errand-boy"), desk.Raw))
        {
            await earlier.Append(CourierDesk.Monday, ExpectedVersion.NoStream, [new ReasonedV1("sun"), new CourierEvent.Started("there")]);
        }

        await desk.Days.Append(CourierDesk.Monday, ExpectedVersion.At(2), [new CourierEvent.Started("back")]);
        await desk.Days.Append(CourierDesk.Monday, ExpectedVersion.At(3), [new CourierEvent.Started("again")]);

        Assert.Equal(["sun/walk", "there", "back", "again"], (await desk.Days.Load(CourierDesk.Monday)).State.Told);
        Assert.Equal(["errand-boy", "errand-boy", "courier", "courier"], (await desk.Read()).Select(e => e.Family));
        Assert.Equal(4, (await desk.Days.Blame(CourierDesk.Monday, 4))[^1].SetBy.Version.Value);
    }

    [Fact]
    public void A_past_version_is_known_under_the_events_former_name_too()
    {
        var builder = new EventModelBuilder();
        builder.Include<CourierModel>();
        var model = builder.Build();

        Assert.Equal(typeof(CourierEvent.Reasoned), model.Find("courier", "thought", 3)?.ClrType);
        Assert.Equal(typeof(ReasonedV1), model.FindStored("courier", "thought", 1).ClrType);
        Assert.Equal(typeof(ReasonedV2), model.FindStored("errand-boy", "thought", 2).ClrType);
        Assert.Null(model.Find("courier", "reasoned", 2));
        Assert.True(model.FindStored("courier", "thought", 4).IsUnknown);
    }

    [Theory]
    [InlineData("""{"reason":"a","mood":"Calm"}""", "a", Mood.Calm)]
    [InlineData("""{"mood":"Angry","why":"a"}""", "a", Mood.Angry)]
    [InlineData("""{"temper":"Cross","wh\u0079":"a"}""", "a", Mood.Angry)]
    [InlineData("""{"why":"a"}""", "a", Mood.Calm)]
    public void Any_mixture_of_names_is_read(string json, string reason, Mood mood) =>
        Assert.Equal(new CourierEvent.Ended(reason) { Mood = mood }, JsonSerializer.Deserialize<CourierEvent.Ended>(json, CourierModel.Json.Default.Options));

    [Theory]
    [InlineData("""{"reason":"a","why":"b"}""", "why", "the member is there twice")]
    [InlineData("""{"mood":"Calm"}""", "reason", "the required member is absent")]
    [InlineData("""{"why":"a","feeling":"Furious"}""", "feeling", "Mood has no such name")]
    public void What_is_wrong_is_named_as_it_stands_there(string json, string member, string reason)
    {
        var error = Assert.Throws<EventFormatException>(() => JsonSerializer.Deserialize<CourierEvent.Ended>(json, CourierModel.Json.Default.Options));

        Assert.Equal(member, error.Member);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_name_that_two_families_have_is_refused_at_start_up()
    {
        var builder = new EventModelBuilder();
        builder.Include<CourierModel>();
        builder.AddFamily(new EventFamily("errand-boy", typeof(FormerNameTests), []));

        Assert.Contains("'errand-boy'", Assert.Throws<EventModelException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_name_and_version_that_two_shapes_claim_is_refused_at_start_up()
    {
        var past = PastEventType.ToOne("gone", 1, new Generated.Nagare_Tests_Upcasters_ReasonedV1Converter(), static old => old);
        var builder = new EventModelBuilder();
        builder.AddFamily(new EventFamily("courier", typeof(FormerNameTests), []) { Past = [past, past] });

        Assert.Contains("'courier/gone v1'", Assert.Throws<EventModelException>(builder.Build).Message, StringComparison.Ordinal);
    }
}
