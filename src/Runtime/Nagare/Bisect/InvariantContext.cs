namespace Nagare;

/// <summary>What a rule sees after one event.</summary>
internal sealed class InvariantContext(Envelope latest, StreamFolds folds, CancellationToken cancellationToken) : IInvariantContext
{
    public Envelope Latest => latest;

    public CancellationToken CancellationToken => cancellationToken;

    public ValueTask<TAggregate> Load<TAggregate>(StreamId stream)
        where TAggregate : IAggregate<TAggregate> => folds.Load<TAggregate>(stream, latest, cancellationToken);
}
