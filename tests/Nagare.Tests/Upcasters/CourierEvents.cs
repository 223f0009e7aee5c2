using System.Collections.Immutable;
using System.Text.Json;

namespace Nagare.Tests.Upcasters;

/// <summary>A courier's day as it is recorded now. It was recorded otherwise before: see <see cref="CourierHistory"/>.</summary>
[EventFamily("courier"), FormerName("errand-boy")]
public abstract partial record CourierEvent
{
    [Event, Explain("Left for {Goal}")]
    public sealed record Started(string Goal) : CourierEvent;

    [Event(Version = 3), FormerName("thought"), Explain("Chose {Tool} because {Thought}")]
    public sealed record Reasoned(string Thought, string Tool, double? Confidence) : CourierEvent;

    [Event, Explain("{Tool} answered {Response}")]
    public sealed record ToolReturned(string Tool, string Response, int Milliseconds) : CourierEvent;

    [Event, FormerName("finished"), Explain("Ended: {Reason}")]
    public sealed record Ended([FormerName("why")] string Reason) : CourierEvent
    {
        [FormerName("feeling"), FormerName("temper")]
        public Mood Mood { get; init; } = Mood.Calm;
    }
}

public enum Mood
{
    Calm,

    [FormerName("Cross")]
    Angry,
}

[PastEvent<CourierEvent>("reasoned", 1)]
public sealed record ReasonedV1(string Thought);

[PastEvent<CourierEvent>("reasoned", 2)]
public sealed record ReasonedV2(string Thought, string Tool);

[PastEvent<CourierEvent>("heartbeat", 1)]
public sealed record HeartbeatV1(long Tick);

[PastEvent<CourierEvent>("tool-called", 1)]
public sealed record ToolCalledV1(string Thought, string Tool, string Response, int Ms);

[PastEvent<CourierEvent>("left", 1)]
public sealed record LeftV1(string Goal);

[PastEvent<CourierEvent>("broken", 1)]
public sealed record BrokenV1(string How);

internal static class CourierHistory
{
    [Upcaster]
    internal static ReasonedV2 Upcast(ReasonedV1 old) => new(old.Thought, "walk");

    [Upcaster]
    internal static CourierEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought, old.Tool, Confidence: null);

    [Upcaster]
    internal static IEnumerable<CourierEvent> Upcast(HeartbeatV1 _) => [];

    [Upcaster]
    internal static ImmutableArray<CourierEvent> Upcast(ToolCalledV1 old) =>
        [new CourierEvent.Reasoned(old.Thought, old.Tool, null), new CourierEvent.ToolReturned(old.Tool, old.Response, old.Ms)];

    [Upcaster]
    internal static CourierEvent.Started Upcast(LeftV1 old, Envelope at) => new($"{old.Goal} at v{at.Version} for {at.Metadata.Subject}, of {((LeftV1)at.Event).Goal}");

    [Upcaster("noted", 1)]
    internal static CourierEvent.Ended Noted(JsonElement json, EventMetadata at) => new($"{json.GetProperty("body").GetString()} says {at.Actor}");

    [Upcaster]
    internal static IEnumerable<CourierEvent> Upcast(BrokenV1 old)
    {
        yield return new CourierEvent.Started("somewhere");
        yield return old.How switch
        {
            "null" => null!,
            _ => throw new FormatException($"no way to read '{old.How}'"),
        };
    }
}

[EventModel]
public sealed partial class CourierModel;

public sealed record Look : ICommand<CourierDay>;

/// <summary>Counts what it is told, in the order in which it is told.</summary>
[Aggregate]
public sealed partial record CourierDay : IAggregate<CourierDay, CourierEvent>
{
    public ImmutableList<string> Told { get; init; } = [];

    private CourierDay Apply(CourierEvent.Started e) => this with { Told = Told.Add(e.Goal) };

    private CourierDay Apply(CourierEvent.Reasoned e) => this with { Told = Told.Add($"{e.Thought}/{e.Tool}") };

    private CourierDay Apply(CourierEvent.ToolReturned e) => this with { Told = Told.Add($"{e.Response} in {e.Milliseconds}") };

    private CourierDay Apply(CourierEvent.Ended e) => this with { Told = Told.Add($"{e.Reason}, {e.Mood}") };

    private Decision<CourierEvent> Decide(Look command) => Ignore();
}
