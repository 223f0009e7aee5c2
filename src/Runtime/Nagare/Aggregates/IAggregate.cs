using System.Text.Json;

namespace Nagare;

/// <summary>State folded from the events of a stream.</summary>
/// <remarks>
/// On a partial type marked <see cref="AggregateAttribute"/> the generator writes every member from private <c>Apply</c> and
/// <c>Decide</c> methods; on any other type they are written by hand. The fold must be a pure function of state and event: no clock,
/// no randomness, no I/O. A record returns a new state; a mutable class changes itself and returns itself.
/// </remarks>
/// <typeparam name="TSelf">The aggregate.</typeparam>
/// <typeparam name="TEvent">The base record of the event family it folds.</typeparam>
public interface IAggregate<TSelf, TEvent> : IAggregate<TSelf>
    where TSelf : IAggregate<TSelf, TEvent>
    where TEvent : class
{
    static AggregateFold<TSelf> IAggregate<TSelf>.Fold => AggregateFold<TSelf, TEvent>.Instance;

    /// <summary>The state before the first event. A mutable class gives a new instance each time.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state after an event.</summary>
    static abstract TSelf Evolve(TSelf state, TEvent e);

    /// <summary>What a command leads to in this state.</summary>
    /// <exception cref="CommandNotHandledException">The aggregate has no decision for the command.</exception>
    static virtual Decision<TEvent> Decide(TSelf state, ICommand<TSelf> command, DecisionContext at)
    {
        ArgumentNullException.ThrowIfNull(command);
        throw new CommandNotHandledException(typeof(TSelf), command.GetType());
    }

    /// <summary>Writes the state as one JSON value, for people and for diffs; the generator derives it from the public properties.</summary>
    /// <exception cref="EventModelException">The aggregate was written by hand and registered without a JSON type.</exception>
    static virtual void Describe(TSelf state, Utf8JsonWriter writer) =>
        throw new EventModelException($"{typeof(TSelf)} cannot be printed: its Describe is not written, and it was registered without a JsonTypeInfo.");
}

/// <summary>An aggregate whatever family it folds. Never implemented directly; <see cref="IAggregate{TSelf, TEvent}"/> brings it along.</summary>
/// <typeparam name="TSelf">The aggregate.</typeparam>
public interface IAggregate<TSelf>
    where TSelf : IAggregate<TSelf>
{
    /// <summary>The aggregate's static members behind one type parameter.</summary>
    static abstract AggregateFold<TSelf> Fold { get; }
}
