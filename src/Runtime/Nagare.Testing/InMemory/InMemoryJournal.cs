using System.Buffers.Binary;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>What an in-memory journal keeps: the part that elsewhere is the database. It outlives the storage opened over it, as a file outlives a process.</summary>
/// <remarks>
/// Rows in the order of their positions, and one sorted list for each path that <see cref="StoredQuery"/> knows. Every list answers
/// a page the same way: two binary searches and a slice.
/// </remarks>
public sealed class InMemoryJournal
{
    private readonly List<StoredRow> _rows = [];
    private readonly List<StoredRow> _occurred = [];
    private readonly Dictionary<(StoredPath Path, string Key), List<StoredRow>> _keyed = [];
    private readonly Dictionary<UInt128, StoredRow> _byEventId = [];
    private readonly Dictionary<(string Family, string Name, int SchemaVersion), StoredEventType> _types = [];

    /// <summary>Held for every read and every write; nothing slow happens under it.</summary>
    internal Lock Gate { get; } = new();

    internal JournalHead Head => _rows is [.., var last] ? new(last.Position, last.RecordedAt) : default;

    internal List<RestoreRecord> Restores { get; } = [];

    /// <summary>The rows of the tree of proofs.</summary>
    internal InMemoryTree Tree { get; } = new();

    internal Dictionary<(string Stream, string Aggregate), StoredSnapshot> Snapshots { get; } = [];

    internal IReadOnlyList<StoredEventType> Types =>
    [
        .. _types.Values
            .OrderBy(type => type.Family, StringComparer.Ordinal)
            .ThenBy(type => type.Name, StringComparer.Ordinal)
            .ThenBy(type => type.SchemaVersion),
    ];

    internal Guid? EventIdAt(string stream, long version) =>
        _keyed.TryGetValue((StoredPath.Stream, stream), out var rows) && version >= 1 && version <= rows.Count ? rows[(int)version - 1].EventId : null;

    internal StreamHead StreamHead(string stream) =>
        _keyed.TryGetValue((StoredPath.Stream, stream), out var rows) ? new(rows[^1].Version, rows[0].Family) : default;

    /// <summary>
    /// The rows under an append's event ids and, where the first append was longer than the one that came now, the rows after them:
    /// their ids and their positions both go on without a hole.
    /// </summary>
    internal IReadOnlyList<StoredRow> StoredBefore(PreparedAppend append)
    {
        var rows = new List<StoredRow>();
        var first = EventIds.Number(append.AppendId);
        for (var place = 0; ; place++)
        {
            var found = _byEventId.TryGetValue(first + (uint)place, out var row);
            if (place >= append.EventCount && (!found || rows.Count == 0 || row!.Position != rows[^1].Position + 1))
            {
                return rows;
            }

            if (found)
            {
                rows.Add(row!);
            }
        }
    }

    internal void Insert(StoredRow row, IReadOnlyList<ReadOnlyMemory<byte>> furtherCauses)
    {
        // A copy: what was handed in belongs to the caller, who may reuse its buffers as soon as the append is acknowledged.
        row = row.AsStoredEvent().ToRow();
        _byEventId.Add(EventIds.Number(row.EventId), row);
        _rows.Add(row);
        Index(StoredPath.Stream, row.StreamId, row);
        if (row.CorrelationId is { } correlation)
        {
            Index(StoredPath.Correlation, correlation, row);
        }

        if (row.Subject is { } subject)
        {
            Index(StoredPath.Subject, subject, row);
        }

        if (row.OccurredAt is { } occurred)
        {
            _occurred.Insert(FirstIndex(_occurred, other => other.OccurredAt > occurred), row);
        }

        // Named twice, as parent and as further cause, it is still found once.
        foreach (var cause in furtherCauses.Append(row.CausationId).Where(cause => !cause.IsEmpty).Select(Key).Distinct())
        {
            Index(StoredPath.Cause, cause, row);
        }
    }

    /// <summary>The first description of a type stays: it is what the oldest rows were written with.</summary>
    internal void Insert(StoredEventType type) => _types.TryAdd((type.Family, type.Name, type.SchemaVersion), type);

    /// <summary>One page, in the order asked for.</summary>
    internal IReadOnlyList<StoredRow> Select(StoredQuery query)
    {
        if (query.Path == StoredPath.EventId)
        {
            return _byEventId.TryGetValue(BinaryPrimitives.ReadUInt128BigEndian(query.KeyBytes.Span), out var row) ? [row] : [];
        }

        var rows = query.Path switch
        {
            StoredPath.Journal => _rows,
            StoredPath.Occurred => _occurred,
            StoredPath.Cause => _keyed.GetValueOrDefault((query.Path, Key(query.KeyBytes)), []),
            _ => _keyed.GetValueOrDefault((query.Path, query.Key!), []),
        };
        var from = FirstIndex(rows, row => Compare(row, query.AfterOccurred, query.After) > 0);
        var to = FirstIndex(rows, row => Compare(row, query.UntilOccurred, query.Until) > 0);
        var count = Math.Min(query.Limit, Math.Max(0, to - from));
        if (query.Direction == ReadDirection.Forwards)
        {
            return rows.GetRange(from, count);
        }

        var page = rows.GetRange(to - count, count);
        page.Reverse();
        return page;

        int Compare(StoredRow row, long occurredBound, long bound) => query.Path switch
        {
            StoredPath.Stream => row.Version.CompareTo(bound),
            StoredPath.Occurred => (row.OccurredAt!.Value, row.Position).CompareTo((occurredBound, bound)),
            _ => row.Position.CompareTo(bound),
        };
    }

    private static string Key(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);

    /// <summary>The index of the first row that meets a condition which, once met, stays met; the count where none does.</summary>
    private static int FirstIndex(List<StoredRow> rows, Predicate<StoredRow> isMet)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = isMet(rows[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Index(StoredPath path, string key, StoredRow row)
    {
        if (!_keyed.TryGetValue((path, key), out var rows))
        {
            _keyed.Add((path, key), rows = []);
        }

        rows.Add(row);
    }
}
