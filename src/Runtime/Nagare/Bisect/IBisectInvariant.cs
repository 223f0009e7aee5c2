namespace Nagare;

/// <summary>A rule in its general form: asked after each event, it may load any stream as it was then.</summary>
public interface IBisectInvariant
{
    /// <summary>Its name, stable, unique within an application.</summary>
    string Name { get; }

    /// <summary>What must hold, as a sentence.</summary>
    string Description { get; }

    /// <summary>Whether once broken in a stream it is declared to stay broken.</summary>
    bool Monotone => false;

    /// <summary>Whether the rule holds after the latest event.</summary>
    ValueTask<InvariantResult> Evaluate(IInvariantContext ctx);
}

/// <summary>What a rule sees: the latest event, and any stream as it was at that event's position.</summary>
public interface IInvariantContext
{
    /// <summary>The event after which the rule is asked.</summary>
    Envelope Latest { get; }

    /// <summary>The stream of that event.</summary>
    StreamId StreamId => Latest.StreamId;

    /// <summary>For cancelling what the rule does.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>A stream folded up to and with the position of <see cref="Latest"/>. Asked again after a later event it folds only what came between; do not keep a mutable state across events.</summary>
    ValueTask<TAggregate> Load<TAggregate>(StreamId stream)
        where TAggregate : IAggregate<TAggregate>;
}
