using Nagare.Storage;

namespace Nagare;

/// <summary>Folds a stream into a state while its pages are read.</summary>
internal sealed class AggregateReader<TAggregate>
    where TAggregate : IAggregate<TAggregate>
{
    private readonly JournalReader _journal;

    /// <exception cref="EventModelException">No registered model lists the family that the aggregate folds.</exception>
    public AggregateReader(JournalReader journal)
    {
        _journal = journal;
        Family = journal.Model.FindFamily(Fold.EventBase)
            ?? throw new EventModelException($"{typeof(TAggregate)} folds {Fold.EventBase}, which no registered model lists. Add the model of the assembly that holds it.");
    }

    /// <summary>The family it folds.</summary>
    public EventFamily Family { get; }

    private static AggregateFold<TAggregate> Fold => TAggregate.Fold;

    /// <summary>The state at a bound, or as far as the stream goes.</summary>
    public async ValueTask<Loaded<TAggregate>> Load(StreamId stream, FoldBound bound, CancellationToken cancellationToken)
    {
        using var span = Spans.StartLoad(_journal.SystemName, stream);
        try
        {
            var loaded = await ReadTo(stream, bound, cancellationToken).ConfigureAwait(false);
            span?.SetTag(Spans.LoadedVersion, loaded.Version.Value);
            return loaded;
        }
        catch (Exception e)
        {
            Spans.Fail(span, e);
            throw;
        }
    }

    /// <summary>The state at exactly this version.</summary>
    /// <exception cref="StreamVersionNotFoundException">The stream has not reached it.</exception>
    public async ValueTask<Loaded<TAggregate>> LoadAtVersion(StreamId stream, StreamVersion version, CancellationToken cancellationToken)
    {
        if (version.Value == 0)
        {
            stream.Checked();
            return new Loaded<TAggregate>(Fold.Initial, version);
        }

        var loaded = await Load(stream, FoldBound.None with { Version = version.Value }, cancellationToken).ConfigureAwait(false);
        return loaded.Version == version ? loaded : throw new StreamVersionNotFoundException(stream, version, loaded.Version);
    }

    private async ValueTask<Loaded<TAggregate>> ReadTo(StreamId stream, FoldBound bound, CancellationToken cancellationToken)
    {
        var sink = new FoldSink<TAggregate>(Fold, Family, _journal.NewDecoder(), bound);
        var query = new StoredQuery
        {
            Path = StoredPath.Stream,
            Key = stream.Checked(),
            Until = bound.Version,
            Detail = StoredDetail.Fold,
            Limit = ScopePath.PageEvents,
        };

        int read;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = await _journal.ReadStored(query with { After = sink.Version }, sink, cancellationToken).ConfigureAwait(false);
        }
        while (read == query.Limit && !sink.IsDone);

        return new Loaded<TAggregate>(sink.State, sink.Version);
    }
}
