namespace Nagare.Generators.Tests.Aggregates;

/// <summary>What generated folds and decisions do, on aggregates that the generators wrote for this very project.</summary>
public sealed class AggregateTests
{
    private static readonly DecisionContext At = new(Door.Stream("front"), 3, DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_record_is_folded_by_its_private_Apply_methods() =>
        Assert.Equal(new Door { IsOpen = false, Opened = 2 }, Fold<Door, DoorEvent>(new DoorEvent.Opened("a"), new DoorEvent.Closed(), new DoorEvent.Opened("b"), new DoorEvent.Closed()));

    [Fact]
    public void An_ignored_event_leaves_the_state_as_it_is() =>
        Assert.Same(Door.Initial, Door.Evolve(Door.Initial, new DoorEvent.Painted("red")));

    [Fact]
    public void A_record_has_one_initial_state_and_a_class_a_new_one_each_time()
    {
        Assert.Same(Door.Initial, Door.Initial);
        Assert.NotSame(Visitors.Initial, Visitors.Initial);
    }

    [Fact]
    public void A_class_changes_in_place_and_ignores_the_rest()
    {
        var visitors = Visitors.Initial;

        Assert.Same(visitors, Visitors.Evolve(visitors, new DoorEvent.Opened("ada")));
        Assert.Same(visitors, Visitors.Evolve(visitors, new DoorEvent.Closed()));
        Assert.Equal(["ada"], visitors.Names);
    }

    [Fact]
    public void A_nested_record_may_fold_by_static_methods_and_groups_of_events() =>
        Assert.Equal(new Holder.Moves(2, 1), Fold<Holder.Moves, DoorEvent>(new DoorEvent.Opened("a"), new DoorEvent.Closed(), new DoorEvent.Painted("red")));

    [Fact]
    public void The_hand_written_half_wins()
    {
        Assert.Equal(new Half(7), Half.Initial);
        Assert.Equal(new Half(8), Half.Evolve(Half.Initial, new DoorEvent.Closed()));
    }

    [Fact]
    public void A_command_is_decided_by_its_own_method()
    {
        Assert.Equal([new DoorEvent.Opened("ada")], Door.Decide(Door.Initial, new Open("ada"), At).Events);
        Assert.Equal(new Rejection("it is open", "open"), Door.Decide(new Door { IsOpen = true }, new Open("ada"), At).Rejection);
        Assert.Equal(new Rejection("nobody opens front at 3", "rejected"), Door.Decide(Door.Initial, new Open(""), At).Rejection);
    }

    [Fact]
    public void Ignoring_stores_nothing_and_rejects_nothing()
    {
        var decision = Door.Decide(Door.Initial, new Close(), At);

        Assert.Empty(decision.Events);
        Assert.Null(decision.Rejection);
    }

    [Fact]
    public void A_command_nobody_decides_is_refused_by_name()
    {
        var refused = Assert.Throws<CommandNotHandledException>(() => Door.Decide(Door.Initial, new Break(), At));

        Assert.Equal((typeof(Door), typeof(Break)), (refused.Aggregate, refused.Command));
    }

    [Fact]
    public void Without_decisions_the_contract_answers() =>
        Assert.Throws<CommandNotHandledException>(() => Decide<Visitors, DoorEvent>(Visitors.Initial, new Greet()));

    [Fact]
    public void Its_streams_are_in_the_familys_category() => Assert.Equal(new StreamId("door", "front"), Door.Stream("front"));

    private static TState Fold<TState, TEvent>(params TEvent[] events)
        where TState : IAggregate<TState, TEvent>
        where TEvent : class => events.Aggregate(TState.Initial, TState.Evolve);

    private static Decision<TEvent> Decide<TState, TEvent>(TState state, ICommand<TState> command)
        where TState : IAggregate<TState, TEvent>
        where TEvent : class => TState.Decide(state, command, At);
}

[EventFamily("door")]
public abstract partial record DoorEvent
{
    [Event, Explain("Opened by {Who}")]
    public sealed record Opened(string Who) : DoorMoved;

    [Event]
    public sealed record Closed : DoorMoved;

    [Event]
    public sealed record Painted(string Colour) : DoorEvent;
}

public abstract record DoorMoved : DoorEvent;

[Command("open-door")]
public sealed record Open(string Who) : ICommand<Door>;

public sealed record Close : ICommand<Door>;

public sealed record Break : ICommand<Door>;

public sealed record Greet : ICommand<Visitors>;

[Aggregate, Ignores<DoorEvent.Painted>]
public sealed partial record Door : IAggregate<Door, DoorEvent>
{
    public bool IsOpen { get; init; }

    public int Opened { get; init; }

    private Door Apply(DoorEvent.Opened e) => this with { IsOpen = true, Opened = Opened + 1 };
}

// The other half of the same aggregate, as it would stand in another file.
public sealed partial record Door
{
    private Door Apply(DoorEvent.Closed e) => this with { IsOpen = false };

    private Decision<DoorEvent> Decide(Open command, DecisionContext at) =>
        IsOpen ? Reject("it is open", code: "open")
        : command.Who.Length == 0 ? Reject($"nobody opens {at.StreamId.Id} at {at.Version}")
        : Persist(new DoorEvent.Opened(command.Who));

    private Decision<DoorEvent> Decide(Close command) => IsOpen ? new DoorEvent.Closed() : Ignore();
}

[Aggregate(IgnoreRest = true)]
public sealed partial class Visitors : IAggregate<Visitors, DoorEvent>
{
    public List<string> Names { get; } = [];

    private void Apply(DoorEvent.Opened e) => Names.Add(e.Who);
}

public static partial class Holder
{
    [Aggregate]
    internal sealed partial record Moves(int All = 0, int Closed = 0) : IAggregate<Moves, DoorEvent>
    {
        private static Moves Apply(Moves state, DoorMoved e) => state with { All = state.All + 1 };

        private static Moves Apply(Moves state, DoorEvent.Closed e) => new(state.All + 1, state.Closed + 1);

        private Moves Apply(DoorEvent.Painted e) => this;
    }
}

[Aggregate]
public sealed partial record Half(int Number) : IAggregate<Half, DoorEvent>
{
    public static Half Initial { get; } = new(7);

    private Half Apply(DoorEvent e) => this with { Number = Number + 1 };
}
