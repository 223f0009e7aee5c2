using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Reads a page, changes it, and gives it on.</summary>
internal abstract class SabotagedReading(IJournalStorage inner) : SabotagedStorage(inner)
{
    public sealed override async ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var page = Changed(query, await Inner.Page(Changed(query), cancellationToken).ConfigureAwait(false));
        var given = 0;
        foreach (var row in page)
        {
            given++;
            if (!sink.Accept(row.AsStoredEvent()))
            {
                break;
            }
        }

        return given;
    }

    protected virtual StoredQuery Changed(StoredQuery query) => query;

    protected virtual IReadOnlyList<StoredRow> Changed(StoredQuery query, IReadOnlyList<StoredRow> page) => page;
}

/// <summary>What the newest event of the feed pushed in front of itself stays unseen by whoever goes on from there.</summary>
internal sealed class LeavesGapInFeed(IJournalStorage inner) : SabotagedReading(inner)
{
    private readonly HashSet<long> _passed = [];
    private readonly Lock _gate = new();

    protected override IReadOnlyList<StoredRow> Changed(StoredQuery query, IReadOnlyList<StoredRow> page)
    {
        if (query.Path != StoredPath.Journal || page.Count < 2)
        {
            return page;
        }

        // Unseen once: whoever looks again later, as a check after the fact does, finds it there.
        lock (_gate)
        {
            return _passed.Add(page[^2].Position) ? [.. page.Take(page.Count - 2), page[^1]] : page;
        }
    }
}

internal sealed class ReordersFeed(IJournalStorage inner) : SabotagedReading(inner)
{
    protected override IReadOnlyList<StoredRow> Changed(StoredQuery query, IReadOnlyList<StoredRow> page) =>
        query.Path == StoredPath.Journal && page.Count > 2 ? [.. page.Take(page.Count - 3), page[^2], page[^3], page[^1]] : page;
}

internal sealed class ReadsOnlyTheNewest(IJournalStorage inner) : SabotagedReading(inner)
{
    protected override StoredQuery Changed(StoredQuery query) => query.Path == StoredPath.Stream ? query with { Until = long.MaxValue } : query;
}

internal sealed class IgnoresBounds(IJournalStorage inner) : SabotagedReading(inner)
{
    protected override StoredQuery Changed(StoredQuery query) => query with { Until = long.MaxValue, UntilOccurred = long.MaxValue };
}

internal sealed class ChangesBytes(IJournalStorage inner) : SabotagedReading(inner)
{
    /// <summary>White space goes, which every JSON type does; more would only be easier to see.</summary>
    protected override IReadOnlyList<StoredRow> Changed(StoredQuery query, IReadOnlyList<StoredRow> page) =>
        query.Path == StoredPath.Journal ? [.. page.Select(row => row with { Data = row.Data.ToArray().Where(b => b != (byte)' ').ToArray() })] : page;
}

internal sealed class ForgetsSchemaVersion(IJournalStorage inner) : SabotagedReading(inner)
{
    protected override IReadOnlyList<StoredRow> Changed(StoredQuery query, IReadOnlyList<StoredRow> page) => [.. page.Select(row => row with { SchemaVersion = 1 })];
}

/// <summary>Two ids that differ in case only lead to one stream: the first that was used.</summary>
internal sealed class ConfusesIds(IJournalStorage inner) : SabotagedReading(inner)
{
    private readonly Dictionary<string, StreamId> _first = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    public override ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        IReadOnlyList<PreparedStream> streams;
        lock (_gate)
        {
            streams = [.. append.Streams.Select(stream => new PreparedStream { StreamId = First(stream.StreamId), Expected = stream.Expected, Events = stream.Events })];
        }

        return Inner.Append(Change(append, streams: streams), cancellationToken);
    }

    protected override StoredQuery Changed(StoredQuery query)
    {
        lock (_gate)
        {
            return query.Path == StoredPath.Stream && _first.TryGetValue(query.Key!, out var first) ? query with { Key = first.ToString() } : query;
        }
    }

    private StreamId First(StreamId stream)
    {
        _first.TryAdd(stream.ToString(), stream);
        return _first[stream.ToString()];
    }
}
