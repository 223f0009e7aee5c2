using System.Runtime.CompilerServices;

namespace Nagare.Storage;

/// <summary>Reads the rows of a scope as they are stored, nothing decoded.</summary>
public static class StoredScope
{
    /// <summary>The rows of a scope, oldest first, read page by page.</summary>
    /// <param name="storage">The journal.</param>
    /// <param name="scope">Which part of it.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="InvalidStreamIdException">The scope's category or stream is none.</exception>
    public static IAsyncEnumerable<StoredRow> Read(IJournalStorage storage, JournalScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(scope);
        var query = ScopePath.Choose(scope, ReadDirection.Forwards);
        return ReadPages(storage, query, new ScopeFilter(scope, query.Path, ReadDirection.Forwards), cancellationToken);
    }

    private static async IAsyncEnumerable<StoredRow> ReadPages(IJournalStorage storage, StoredQuery query, ScopeFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query = query with { Limit = ScopePath.PageEvents };
        while (true)
        {
            var page = new Page(filter);
            var read = await storage.Read(query, page, cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }

            if (page.IsStopped || (read < query.Limit && !page.IsFull))
            {
                yield break;
            }

            query = ScopePath.Continue(query, page.Position, page.Version, page.OccurredAt);
        }
    }

    private sealed class Page(ScopeFilter filter) : IStoredEventSink
    {
        // Payloads of a page are held until it is given away.
        private const long MaxBytes = 16 * 1024 * 1024;

        private long _bytes;

        public List<StoredRow> Rows { get; } = [];

        public bool IsStopped { get; private set; }

        public bool IsFull => _bytes >= MaxBytes;

        public long Position { get; private set; }

        public long Version { get; private set; }

        public long OccurredAt { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            (Position, Version, OccurredAt) = (e.Position, e.Version, e.OccurredAt ?? 0);
            switch (filter.Judge(in e))
            {
                case Verdict.Take:
                    Rows.Add(e.ToRow());
                    _bytes += e.Data.Length + e.Metadata.Length;
                    return !IsFull;
                case Verdict.Skip:
                    return true;
                default:
                    IsStopped = true;
                    return false;
            }
        }
    }
}
