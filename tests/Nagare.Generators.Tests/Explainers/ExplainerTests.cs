using System.Globalization;

namespace Nagare.Generators.Tests.Explainers;

/// <summary>What generated dispatch to explanations does, on explainers that the generators wrote for this very project.</summary>
public sealed class ExplainerTests
{
    private static readonly ParcelExplainer Explainer = new();

    [Fact]
    public void An_event_is_explained_by_its_method() =>
        Assert.Equal(new Explanation("Sent", "to Ada"), Explainer.Explain(new ParcelEvent.Sent("Ada")));

    [Fact]
    public void A_method_gets_the_envelope_where_it_asks_for_it()
    {
        var e = new ParcelEvent.Lost("rain");

        Assert.Equal(new Explanation("Lost at 5", "rain"), Explainer.Explain(e, Stored(e, version: 5)));
    }

    [Fact]
    public void An_event_that_was_never_stored_has_an_envelope_that_says_so()
    {
        Assert.Equal(new Explanation("Lost at 0", "rain"), Explainer.Explain(new ParcelEvent.Lost("rain")));
        Assert.Equal(("parcel", "lost-for-good", 3), (Explainer.Seen!.Family, Explainer.Seen.TypeName, Explainer.Seen.SchemaVersion));
        Assert.Equal(default, Explainer.Seen.Position);
    }

    [Fact]
    public void An_event_without_a_method_is_explained_by_its_template() =>
        Assert.Equal(
            new Explanation("Weighed {twice}", "1.50 kg", ("scale", "A"), ("kg", "1.5")) { Detail = "on A", Actor = "clerk" },
            Explainer.Explain(new ParcelEvent.Weighed(1.5, "A")));

    [Fact]
    public void No_culture_changes_what_a_template_or_a_stub_says()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1.50 kg", Explainer.Explain(new ParcelEvent.Weighed(1.5, "A")).Summary);
            Assert.Contains("metres 2.5", Explainer.Explain(new ParcelEvent.RolledAway(2.5, null, Direction.Downhill, [])).Summary);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_event_that_nobody_explained_speaks_by_its_name_and_plain_members() =>
        Assert.Equal(
            new Explanation("Rolled away", "metres 2.5, towards , direction Downhill", ("metres", "2.5"), ("towards", ""), ("direction", "Downhill")),
            Explainer.Explain(new ParcelEvent.RolledAway(2.5, null, Direction.Downhill, [1])));

    [Fact]
    public void A_method_over_a_group_explains_its_events() =>
        Assert.Equal("Customs: X1", Explainer.Explain(new Opened("X1")).Title);

    [Fact]
    public void A_switch_by_hand_in_a_partial_class_stays_as_it_is()
    {
        var e = new LetterEvent.Written("Dear Ada");

        Assert.Equal(new Explanation("by hand 0"), new ByHand().Explain(e));
        Assert.Equal(new Explanation("by hand 4"), new ByHand().Explain(e, Stored(e, version: 4)));
    }

    private static Envelope Stored(object e, long version) => new()
    {
        Position = 1,
        StreamId = new StreamId("parcel", "1"),
        Version = version,
        EventId = Guid.Empty,
        Family = "parcel",
        TypeName = "stored",
        SchemaVersion = 1,
        Event = e,
        Metadata = EventMetadata.None,
        RecordedAt = default,
    };
}

public enum Direction
{
    Uphill,
    Downhill,
}

[EventFamily("parcel")]
public abstract partial record ParcelEvent
{
    [Event]
    public sealed record Sent(string To) : ParcelEvent;

    [Event("lost-for-good", Version = 3)]
    public sealed record Lost(string Why) : ParcelEvent;

    [Event, Explain("Weighed {{twice}}", "{Kilograms:0.00} kg", Detail = "on {Scale}", Actor = "clerk", Tags = ["scale={Scale}", "kg={Kilograms}"])]
    public sealed record Weighed(double Kilograms, string Scale) : ParcelEvent;

#pragma warning disable NAG1001 // What stands in for an explanation is what these tests look at.
    [Event]
    public sealed record RolledAway(double Metres, string? Towards, Direction Direction, List<int> Bounces) : ParcelEvent;
#pragma warning restore NAG1001
}

internal static class ParcelHistory
{
    [Upcaster("lost-for-good", 1)]
    internal static IEnumerable<ParcelEvent> Never(System.Text.Json.JsonElement json) => [];

    [Upcaster("lost-for-good", 2)]
    internal static ParcelEvent.Lost Nameless(System.Text.Json.JsonElement json) => new("nobody said");
}

public abstract record CustomsEvent(string Form) : ParcelEvent;

[Event]
public sealed record Opened(string Form) : CustomsEvent(Form);

[Explainer]
public sealed partial class ParcelExplainer : IEventExplainer<ParcelEvent>
{
    public Envelope? Seen { get; private set; }

    private static Explanation Explain(ParcelEvent.Sent e) => new("Sent", $"to {e.To}");

    private Explanation Explain(ParcelEvent.Lost e, Envelope at)
    {
        Seen = at;
        return new($"Lost at {at.Version}", e.Why);
    }

    private static Explanation Explain(CustomsEvent e) => new($"Customs: {e.Form}");
}

[EventFamily("letter")]
public abstract partial record LetterEvent
{
    [Event]
    public sealed record Written(string Text) : LetterEvent;
}

public sealed partial class ByHand : IEventExplainer<LetterEvent>
{
    public Explanation Explain(LetterEvent e, Envelope at) => new($"by hand {at.Version}");
}

[Explainer]
public sealed partial class ByHand;
