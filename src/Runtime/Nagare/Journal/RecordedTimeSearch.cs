using Nagare.Storage;

namespace Nagare;

/// <summary>Finds the position of an instant by binary search: recorded times never run backwards, so they need no index.</summary>
internal static class RecordedTimeSearch
{
    /// <summary>Narrows a query by position to the events recorded from one microsecond up to, exclusively, another.</summary>
    public static async ValueTask<StoredQuery> Narrow(IJournalStorage storage, StoredQuery query, long from, long to, CancellationToken cancellationToken)
    {
        if (from == long.MinValue && to == long.MaxValue)
        {
            return query;
        }

        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var before = await CountBefore(storage, head, from, cancellationToken).ConfigureAwait(false);
        query = query with { After = Math.Max(query.After, before) };
        if (to <= head.RecordedAt)
        {
            var last = await CountBefore(storage, head, to, cancellationToken).ConfigureAwait(false);
            query = query with { Until = Math.Min(query.Until, last) };
        }

        return query;
    }

    /// <summary>How many events were recorded before a microsecond; positions are dense, so this is also the position of the last of them.</summary>
    public static async ValueTask<long> CountBefore(IJournalStorage storage, JournalHead head, long microsecond, CancellationToken cancellationToken)
    {
        if (head.Position == 0 || microsecond > head.RecordedAt)
        {
            return head.Position;
        }

        // Invariant: what stands at low was recorded before (0 stands for that), what stands at high was not.
        long low = 0, high = head.Position;
        var probe = new Probe();
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            var query = new StoredQuery { Path = StoredPath.Journal, After = middle - 1, Until = middle, Detail = StoredDetail.Fold, Limit = 1 };
            await storage.Read(query, probe, cancellationToken).ConfigureAwait(false);
            (low, high) = probe.RecordedAt < microsecond ? (middle, high) : (low, middle);
        }

        return low;
    }

    private sealed class Probe : IStoredEventSink
    {
        public long RecordedAt { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            RecordedAt = e.RecordedAt;
            return false;
        }
    }
}
