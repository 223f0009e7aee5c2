using System.Collections.Immutable;

namespace Nagare;

/// <summary>What an aggregate decided: events to store, a rejection, or nothing.</summary>
/// <typeparam name="TEvent">The base record of the event family.</typeparam>
public sealed class Decision<TEvent>
    where TEvent : class
{
    internal Decision(ImmutableArray<TEvent> events, Rejection? rejection) => (Events, Rejection) = (events, rejection);

    /// <summary>The events to store, in order; none where the decision is to reject or to ignore.</summary>
    public ImmutableArray<TEvent> Events { get; }

    /// <summary>Why the command was refused, or null.</summary>
    public Rejection? Rejection { get; }

    /// <summary>An event alone is the decision to store it.</summary>
    public static implicit operator Decision<TEvent>(TEvent e) => Decision.Persist(e);
}

/// <summary>Makes decisions. As a type it is a decision over events of any family, as a lambda given to <c>Execute</c> returns it.</summary>
public sealed class Decision
{
    private const string DefaultCode = "rejected";

    private static readonly Decision Nothing = new([], null);

    private Decision(ImmutableArray<object> events, Rejection? rejection) => (Events, Rejection) = (events, rejection);

    /// <summary>The events to store, in order.</summary>
    public ImmutableArray<object> Events { get; }

    /// <summary>Why the command was refused, or null.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Store these events.</summary>
    public static Decision<TEvent> Persist<TEvent>(params ReadOnlySpan<TEvent> events)
        where TEvent : class => new([.. events], null);

    /// <summary>Store nothing, because there is nothing to do.</summary>
    public static Decision<TEvent> Ignore<TEvent>()
        where TEvent : class => new([], null);

    /// <summary>Refuse: a result, not an exception.</summary>
    public static Decision<TEvent> Reject<TEvent>(string reason, string code = DefaultCode)
        where TEvent : class => new([], new Rejection(reason, code));

    /// <summary>Refuse: a result, not an exception.</summary>
    public static Decision Reject(string reason, string code = DefaultCode) => new([], new Rejection(reason, code));

    /// <summary>Store nothing, because there is nothing to do.</summary>
    public static Decision Ignore() => Nothing;

    /// <summary>Store this event. The generator gives each event family a conversion that calls this.</summary>
    public static Decision From(object e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new([e], null);
    }

    /// <summary>The same decision without the family's type.</summary>
    public static Decision From<TEvent>(Decision<TEvent> decision)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new(ImmutableArray<object>.CastUp(decision.Events), decision.Rejection);
    }
}

/// <summary>Why a command was refused.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Code">For programs; stable.</param>
public sealed record Rejection(string Reason, string Code);

/// <summary>What a decision may know besides the state: where it stands and what time it is.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Version">The stream's version that the state was folded from.</param>
/// <param name="Now">The time, from the injected clock.</param>
public sealed record DecisionContext(StreamId StreamId, StreamVersion Version, DateTimeOffset Now);
