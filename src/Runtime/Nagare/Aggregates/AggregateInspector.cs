namespace Nagare;

/// <summary>An aggregate for tools that know streams but not the types behind them: its states as JSON.</summary>
/// <remarks>The host registers one for each aggregate of its models; take all of them as <c>IEnumerable&lt;AggregateInspector&gt;</c> and choose by <see cref="Family"/>.</remarks>
public abstract class AggregateInspector
{
    private protected AggregateInspector()
    {
    }

    /// <summary>The name of the aggregate's type.</summary>
    public abstract string Name { get; }

    /// <summary>The stored name of the family it folds: the category of its streams, as a rule.</summary>
    public abstract string Family { get; }

    /// <summary>Whether it folds streams that are stored under this family name, the one of today or a former one.</summary>
    public abstract bool Folds(string family);

    /// <inheritdoc cref="IAggregateRepository{TAggregate}.Describe(StreamId, CancellationToken)"/>
    public abstract ValueTask<StateDescription> Describe(StreamId stream, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAggregateRepository{TAggregate}.Describe(StreamId, StreamVersion, CancellationToken)"/>
    public abstract ValueTask<StateDescription> Describe(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAggregateRepository{TAggregate}.Diff"/>
    public abstract ValueTask<StateDiff> Diff(StreamId stream, StreamVersion from, StreamVersion to, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAggregateRepository{TAggregate}.Blame"/>
    public abstract ValueTask<IReadOnlyList<Blame>> Blame(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAggregateRepository{TAggregate}.Steps"/>
    public abstract IAsyncEnumerable<Step> Steps(StreamId stream, CancellationToken cancellationToken = default);
}

internal sealed class AggregateInspector<TAggregate>(AggregateReader<TAggregate> reader, StateHistory<TAggregate> history) : AggregateInspector
    where TAggregate : IAggregate<TAggregate>
{
    public override string Name => typeof(TAggregate).Name;

    public override string Family => reader.Family.Name;

    public override bool Folds(string family) => reader.Family.IsStoredAs(family);

    public override ValueTask<StateDescription> Describe(StreamId stream, CancellationToken cancellationToken = default) =>
        history.Describe(stream, cancellationToken);

    public override ValueTask<StateDescription> Describe(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default) =>
        history.Describe(stream, version, cancellationToken);

    public override ValueTask<StateDiff> Diff(StreamId stream, StreamVersion from, StreamVersion to, CancellationToken cancellationToken = default) =>
        history.Diff(stream, from, to, cancellationToken);

    public override ValueTask<IReadOnlyList<Blame>> Blame(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default) =>
        history.Blame(stream, version, cancellationToken);

    public override IAsyncEnumerable<Step> Steps(StreamId stream, CancellationToken cancellationToken = default) =>
        history.Steps(stream, cancellationToken);
}
