using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Reads a storage the way a journal does: page after page, each going on where the last one ended.</summary>
internal static class StorageReading
{
    private const int PageEvents = 500;

    /// <summary>One page.</summary>
    public static async Task<IReadOnlyList<StoredRow>> Page(this IJournalStorage storage, StoredQuery query, CancellationToken cancellationToken)
    {
        var sink = new RowSink(_ => true);
        var count = await storage.Read(query, sink, cancellationToken).ConfigureAwait(false);
        Promise.Equal(sink.Rows.Count, count, "a read answers how many events it gave", $"{query.Path} {query.Direction}");
        Promise.That(count <= query.Limit, "a read gives no more events than its limit", $"{query.Path}: {count} events under a limit of {query.Limit}");
        return sink.Rows;
    }

    /// <summary>The whole journal by position.</summary>
    public static Task<IReadOnlyList<StoredRow>> All(this IJournalStorage storage, CancellationToken cancellationToken) =>
        storage.Everything(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = PageEvents }, row => row.Position, cancellationToken);

    /// <summary>One stream by version.</summary>
    public static Task<IReadOnlyList<StoredRow>> Stream(this IJournalStorage storage, StreamId stream, CancellationToken cancellationToken) =>
        storage.Everything(new StoredQuery { Path = StoredPath.Stream, Key = stream.ToString(), Until = long.MaxValue, Limit = PageEvents }, row => row.Version, cancellationToken);

    /// <summary>The event of this id, or null.</summary>
    public static async Task<StoredRow?> Find(this IJournalStorage storage, Guid eventId, CancellationToken cancellationToken)
    {
        var page = await storage
            .Page(new StoredQuery { Path = StoredPath.EventId, KeyBytes = eventId.ToByteArray(bigEndian: true), Until = long.MaxValue, Limit = 1 }, cancellationToken)
            .ConfigureAwait(false);
        return page is [var row] ? row : null;
    }

    private static async Task<IReadOnlyList<StoredRow>> Everything(this IJournalStorage storage, StoredQuery query, Func<StoredRow, long> key, CancellationToken cancellationToken)
    {
        var rows = new List<StoredRow>();
        while (true)
        {
            var page = await storage.Page(query, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page);
            if (page.Count < query.Limit)
            {
                return rows;
            }

            Promise.That(key(page[^1]) > query.After, "a page goes on where the one before it ended", $"after {query.After} came {key(page[^1])}");
            query = query with { After = key(page[^1]) };
        }
    }
}

/// <summary>Keeps what it is given, as long as it wants more.</summary>
internal sealed class RowSink(Func<StoredRow, bool> wantsMore) : IStoredEventSink
{
    public List<StoredRow> Rows { get; } = [];

    public bool Accept(in StoredEvent e)
    {
        Rows.Add(e.ToRow());
        return wantsMore(Rows[^1]);
    }
}
