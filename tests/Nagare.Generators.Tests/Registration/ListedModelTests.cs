using Nagare.Generators.Tests.Aggregates;
using Nagare.Generators.Tests.Codecs;
using Nagare.Generators.Tests.Explainers;

namespace Nagare.Generators.Tests.Registration;

/// <summary>The list that the generators wrote for this very project, given to the runtime.</summary>
public sealed class ListedModelTests
{
    private static readonly Nagare.EventModel Model = Build();

    [Fact]
    public void The_runtime_finds_every_family_event_and_command_of_the_assembly()
    {
        Assert.Equal(["door", "everything", "letter", "parcel"], Model.Families.Select(family => family.Name).Where(name => name is "door" or "everything" or "letter" or "parcel").Order());
        Assert.Equal(typeof(ParcelEvent.Lost), Model.Find("parcel", "lost-for-good", 3)?.ClrType);
        Assert.Equal("open-door", Model.CommandName(typeof(Open)));
    }

    [Fact]
    public async Task A_rule_over_single_events_is_asked_about_its_events_only()
    {
        var rule = EverythingModel.Invariants.DoorsOpenForSomebody.Resolve(NoServices.Instance);

        Assert.Equal(("doors-open-for-somebody", "A door is opened for somebody.", false), (rule.Name, rule.Description, rule.Monotone));
        Assert.Equal(InvariantResult.Holds, await rule.Evaluate(new After(new DoorEvent.Closed())));
        Assert.Equal(InvariantResult.Fails("nobody at 9"), await rule.Evaluate(new After(new DoorEvent.Opened(""))));
    }

    [Fact]
    public async Task A_rule_over_state_is_asked_about_the_folded_state()
    {
        var rule = EverythingModel.Invariants.OpenedAtMostTwice.Resolve(NoServices.Instance);

        Assert.True(rule.Monotone);
        Assert.Equal(InvariantResult.Holds, await rule.Evaluate(new After(new DoorEvent.Closed()) { State = new Door { Opened = 2 } }));
        Assert.Equal(InvariantResult.Fails("3 times"), await rule.Evaluate(new After(new DoorEvent.Closed()) { State = new Door { Opened = 3 } }));
    }

    [Fact]
    public async Task A_class_of_a_rule_is_made_with_its_services()
    {
        var rule = EverythingModel.Invariants.NeverBefore.Resolve(new Clock(DateTimeOffset.UnixEpoch.AddDays(1)));

        Assert.Equal(InvariantResult.Fails("too early"), await rule.Evaluate(new After(new DoorEvent.Closed())));
    }

    private static Nagare.EventModel Build()
    {
        var builder = new EventModelBuilder();
        builder.Include<EverythingModel>();
        return builder.Build();
    }

    private sealed class After(object e) : IInvariantContext
    {
        public object? State { get; init; }

        public Envelope Latest { get; } = new()
        {
            Position = 1,
            StreamId = Door.Stream("front"),
            Version = 9,
            EventId = Guid.Empty,
            Family = "door",
            TypeName = "some",
            SchemaVersion = 1,
            Event = e,
            Metadata = EventMetadata.None,
            RecordedAt = DateTimeOffset.UnixEpoch,
        };

        public CancellationToken CancellationToken => default;

        public ValueTask<TAggregate> Load<TAggregate>(StreamId stream)
            where TAggregate : IAggregate<TAggregate> => new((TAggregate)State!);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider, IServiceProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? this : null;
    }
}

public static class DoorRules
{
    [Invariant("opened-at-most-twice", "A door is opened at most twice.", Monotone = true)]
    public static InvariantResult OpenedAtMostTwice(Door door) => InvariantResult.Check(door.Opened <= 2, $"{door.Opened} times");

    [Invariant("doors-open-for-somebody", "A door is opened for somebody.")]
    public static InvariantResult DoorsOpenForSomebody(DoorEvent.Opened e, Envelope at) => InvariantResult.Check(e.Who.Length > 0, $"nobody at {at.Version}");
}

[Invariant]
public sealed class NeverBefore(TimeProvider clock) : IBisectInvariant
{
    public string Name => "never-before";

    public string Description => "Nothing happens before its time.";

    public ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => new(InvariantResult.Check(ctx.Latest.RecordedAt >= clock.GetUtcNow(), "too early"));
}
