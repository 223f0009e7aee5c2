namespace Nagare;

/// <summary>Walks causes and effects, across streams, over causation ids and further causes.</summary>
public interface ILineage
{
    /// <summary>The event's causes back to the roots.</summary>
    /// <exception cref="EventNotFoundException">The journal holds no event of this id.</exception>
    ValueTask<LineageGraph> Causes(Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>The event's causes, with bounds.</summary>
    /// <inheritdoc cref="Causes(Guid, CancellationToken)"/>
    ValueTask<LineageGraph> Causes(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default);

    /// <summary>Everything the event caused.</summary>
    /// <inheritdoc cref="Causes(Guid, CancellationToken)"/>
    ValueTask<LineageGraph> Effects(Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>Everything the event caused, with bounds.</summary>
    /// <inheritdoc cref="Causes(Guid, CancellationToken)"/>
    ValueTask<LineageGraph> Effects(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default);
}

/// <summary>How far a walk goes.</summary>
public sealed record LineageOptions
{
    /// <summary>Steps from the event at most; 10,000 unless said.</summary>
    public int MaxDepth { get; init; } = 10_000;

    /// <summary>Events at most; 100,000 unless said. A walk that stops here says so (<see cref="LineageGraph.IsTruncated"/>).</summary>
    public int MaxEvents { get; init; } = 100_000;
}
