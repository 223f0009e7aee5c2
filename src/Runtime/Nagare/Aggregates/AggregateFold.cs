using System.Text.Json;

namespace Nagare;

/// <summary>An aggregate's fold, decisions and description with the event family's type hidden, so that one type parameter is enough.</summary>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public abstract class AggregateFold<TAggregate>
{
    private protected AggregateFold()
    {
    }

    /// <summary>The base record of the family it folds.</summary>
    public abstract Type EventBase { get; }

    /// <summary>The state before the first event.</summary>
    public abstract TAggregate Initial { get; }

    /// <summary>The state after an event of the family.</summary>
    /// <exception cref="InvalidCastException">The event is of another family.</exception>
    public abstract TAggregate Evolve(TAggregate state, object e);

    /// <summary>What a command leads to.</summary>
    /// <exception cref="CommandNotHandledException">The aggregate has no decision for the command.</exception>
    public abstract Decision Decide(TAggregate state, ICommand<TAggregate> command, DecisionContext at);

    /// <summary>Writes the state as one JSON value.</summary>
    public abstract void Describe(TAggregate state, Utf8JsonWriter writer);
}

internal sealed class AggregateFold<TAggregate, TEvent> : AggregateFold<TAggregate>
    where TAggregate : IAggregate<TAggregate, TEvent>
    where TEvent : class
{
    public static AggregateFold<TAggregate, TEvent> Instance { get; } = new();

    public override Type EventBase => typeof(TEvent);

    public override TAggregate Initial => TAggregate.Initial;

    public override TAggregate Evolve(TAggregate state, object e) => TAggregate.Evolve(state, (TEvent)e);

    public override Decision Decide(TAggregate state, ICommand<TAggregate> command, DecisionContext at) => Decision.From(TAggregate.Decide(state, command, at));

    public override void Describe(TAggregate state, Utf8JsonWriter writer) => TAggregate.Describe(state, writer);
}
