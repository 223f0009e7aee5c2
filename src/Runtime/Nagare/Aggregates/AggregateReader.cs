using Nagare.Storage;

namespace Nagare;

/// <summary>Folds a stream into a state while its pages are read.</summary>
internal sealed class AggregateReader<TAggregate>
    where TAggregate : IAggregate<TAggregate>
{
    private readonly JournalReader _journal;
    private readonly SnapshotKeeper<TAggregate>? _snapshots;

    /// <exception cref="EventModelException">No registered model lists the family that the aggregate folds.</exception>
    public AggregateReader(JournalReader journal, SnapshotPolicy<TAggregate>? snapshots = null, SnapshotWriter? writer = null)
    {
        _journal = journal;
        Family = journal.Model.FindFamily(Fold.EventBase)
            ?? throw new EventModelException($"{typeof(TAggregate)} folds {Fold.EventBase}, which no registered model lists. Add the model of the assembly that holds it.");
        _snapshots = snapshots is null || writer is null ? null : journal.Snapshots(snapshots, Family, writer);
    }

    /// <summary>The family it folds.</summary>
    public EventFamily Family { get; }

    private static AggregateFold<TAggregate> Fold => TAggregate.Fold;

    /// <summary>The state at a bound, or as far as the stream goes.</summary>
    public async ValueTask<Loaded<TAggregate>> Load(StreamId stream, FoldBound bound, CancellationToken cancellationToken) =>
        (await LoadFrom(stream, bound, cancellationToken).ConfigureAwait(false)).Loaded;

    /// <summary>The same, with the version of the newest snapshot that is kept or on its way; 0 for none.</summary>
    public async ValueTask<(Loaded<TAggregate> Loaded, long Snapshot)> LoadFrom(StreamId stream, FoldBound bound, CancellationToken cancellationToken)
    {
        using var span = Spans.StartLoad(_journal.SystemName, stream);
        try
        {
            var read = await ReadTo(stream, bound, cancellationToken).ConfigureAwait(false);
            span?.SetTag(Spans.LoadedVersion, read.Loaded.Version.Value);
            return read;
        }
        catch (Exception e)
        {
            Spans.Fail(span, e);
            throw;
        }
    }

    private async ValueTask<(Loaded<TAggregate> Loaded, long Snapshot)> ReadTo(StreamId stream, FoldBound bound, CancellationToken cancellationToken)
    {
        var key = stream.Checked();
        var start = _snapshots is null ? null : await _snapshots.Find(stream, bound, cancellationToken).ConfigureAwait(false);
        var sink = new FoldSink<TAggregate>(Fold, Family, _journal.NewDecoder(), bound, start);
        var query = new StoredQuery
        {
            Path = StoredPath.Stream,
            Key = key,
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

        var loaded = new Loaded<TAggregate>(sink.State, sink.Version);
        var snapshot = start?.Version ?? 0;
        return (loaded, bound == FoldBound.None ? Offer(stream, loaded, sink.Position, sink.RecordedAt, snapshot) : snapshot);
    }

    /// <summary>Keeps a snapshot of the stream's newest state where it is far enough from the last one. Returns the version of the one that is kept or on its way.</summary>
    public long Offer(StreamId stream, Loaded<TAggregate> newest, long position, long recordedAt, long snapshot) =>
        _snapshots?.Offer(stream, newest.State, newest.Version.Value, position, recordedAt, snapshot) == true ? newest.Version.Value : snapshot;

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
}
