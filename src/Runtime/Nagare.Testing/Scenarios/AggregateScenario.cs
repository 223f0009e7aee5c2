using System.Collections.Immutable;

namespace Nagare.Testing;

/// <summary>A scenario in the making: each step gives a new one, each check throws <see cref="ScenarioException"/> or gives the scenario back for the next.</summary>
/// <remarks>Everything runs at once, on the caller's thread, through <see cref="IAggregate{TSelf}.Fold"/>. Time stands still at <see cref="Now"/>. Nothing is stored, so no model and no journal is needed.</remarks>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public sealed class AggregateScenario<TAggregate>
    where TAggregate : IAggregate<TAggregate>
{
    private readonly ImmutableArray<object> _given;
    private readonly Decision? _decision;

    internal AggregateScenario(StreamId stream, ImmutableArray<object> given, Decision? decision) => (Stream, _given, _decision) = (stream, given, decision);

    /// <summary>The aggregate's stream.</summary>
    public StreamId Stream { get; }

    /// <summary>The time of every scenario: decisions get it as their clock, the last event has it as its recorded time.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ImmutableArray<object> Happened => _decision is null ? _given : [.. _given, .. _decision.Events];

    /// <summary>What happened before, in order. Given again, it goes on.</summary>
    /// <exception cref="ScenarioException">An event is not of the aggregate's family, or a command was given already.</exception>
    public AggregateScenario<TAggregate> Given(params IReadOnlyList<object> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (_decision is not null)
        {
            throw new ScenarioException("Given comes before When.");
        }

        if (events.FirstOrDefault(e => !TAggregate.Fold.EventBase.IsInstanceOfType(e)) is { } stranger)
        {
            throw new ScenarioException($"{stranger.GetType()} is no {TAggregate.Fold.EventBase}, and {typeof(TAggregate).Name} folds nothing else.");
        }

        return new(Stream, [.. _given, .. events], null);
    }

    /// <summary>The command in question, decided on the state of what was given. What an earlier one decided has happened by then.</summary>
    /// <exception cref="CommandNotHandledException">The aggregate has no decision for the command.</exception>
    public AggregateScenario<TAggregate> When(ICommand<TAggregate> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Decide(state => TAggregate.Fold.Decide(state, command, new DecisionContext(Stream, Happened.Length, Now)));
    }

    /// <summary>The decision in question as a function, as <see cref="IAggregateRepository{TAggregate}.Execute(StreamId, Func{TAggregate, Decision}, CancellationToken)"/> takes it.</summary>
    public AggregateScenario<TAggregate> When(Func<TAggregate, Decision> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return Decide(decide);
    }

    /// <summary>Exactly these events were decided, in this order.</summary>
    /// <exception cref="ScenarioException">They were not.</exception>
    public AggregateScenario<TAggregate> Then(params IReadOnlyList<object> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var decided = Decided();
        return decided.Rejection is null && decided.Events.SequenceEqual(events)
            ? this
            : throw new ScenarioException(ScenarioText.Difference(events, decided));
    }

    /// <summary>The command was refused with this code.</summary>
    /// <exception cref="ScenarioException">It was not.</exception>
    public AggregateScenario<TAggregate> ThenRejected(string code)
    {
        var decided = Decided();
        return decided.Rejection?.Code == code
            ? this
            : throw new ScenarioException(ScenarioText.Expected($"a rejection with the code '{code}'", ScenarioText.Of(decided)));
    }

    /// <summary>Nothing was decided: no event, no rejection.</summary>
    /// <exception cref="ScenarioException">Something was.</exception>
    public AggregateScenario<TAggregate> ThenNothing()
    {
        var decided = Decided();
        return decided.Rejection is null && decided.Events.IsEmpty
            ? this
            : throw new ScenarioException(ScenarioText.Expected("nothing", ScenarioText.Of(decided)));
    }

    /// <summary>The state after everything is as the condition says.</summary>
    /// <exception cref="ScenarioException">It is not; the message shows the state.</exception>
    public AggregateScenario<TAggregate> ThenState(Func<TAggregate, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var state = Fold(Happened);
        return condition(state)
            ? this
            : throw new ScenarioException(ScenarioText.Expected("a state that meets the condition", ScenarioText.State(state)));
    }

    /// <summary>The state after everything, for assertions of any test framework.</summary>
    public AggregateScenario<TAggregate> ThenState(Action<TAggregate> assert)
    {
        ArgumentNullException.ThrowIfNull(assert);
        assert(Fold(Happened));
        return this;
    }

    /// <summary>The rule does not hold after the last event.</summary>
    /// <exception cref="ScenarioException">It holds.</exception>
    public AggregateScenario<TAggregate> ThenBreaks(InvariantRule rule)
    {
        var (found, result) = Evaluate(rule);
        return result.IsHeld
            ? throw new ScenarioException(ScenarioText.Expected($"'{found.Name}' to break: {found.Description}", $"it holds after{ScenarioText.List(Happened)}"))
            : this;
    }

    /// <summary>The rule holds after the last event.</summary>
    /// <exception cref="ScenarioException">It does not; the message says what the rule found.</exception>
    public AggregateScenario<TAggregate> ThenHolds(InvariantRule rule)
    {
        var (found, result) = Evaluate(rule);
        return result.IsHeld
            ? this
            : throw new ScenarioException(ScenarioText.Expected($"'{found.Name}' to hold: {found.Description}", $"{result.Message}; after{ScenarioText.List(Happened)}"));
    }

    private static TAggregate Fold(IEnumerable<object> events) => events.Aggregate(TAggregate.Fold.Initial, TAggregate.Fold.Evolve);

    private AggregateScenario<TAggregate> Decide(Func<TAggregate, Decision> decide)
    {
        var happened = Happened;
        return new(Stream, happened, decide(Fold(happened)));
    }

    private Decision Decided() => _decision ?? throw new ScenarioException("Nothing was asked: say When before you check what it leads to.");

    private (IBisectInvariant Rule, InvariantResult Result) Evaluate(InvariantRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (Happened.IsEmpty)
        {
            throw new ScenarioException("A rule is asked after an event: say what was Given.");
        }

        var found = rule.Resolve(NoServices.Instance);
        var evaluation = found.Evaluate(new ScenarioInvariantContext(Stream, Happened, Now));
        return evaluation.IsCompleted
            ? (found, evaluation.GetAwaiter().GetResult())
            : throw new ScenarioException($"'{found.Name}' waits for something outside the scenario. Test it with a journal (UseInMemory).");
    }
}
