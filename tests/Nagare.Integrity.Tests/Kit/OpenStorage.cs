using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>A journal without any protection: what an adversary has once the triggers are gone. Counts what is read of the tree.</summary>
internal sealed class OpenStorage : IJournalStorage, ITreeStorage
{
    public SortedDictionary<long, StoredRow> Rows { get; set; } = [];

    public SortedDictionary<(TreeKind Tree, int Level, long Index), byte[]> Tree { get; set; } = [];

    public JournalHead Head { get; set; }

    public int TreeReads { get; set; }

    /// <summary>Called by each read of events.</summary>
    public Action? OnRead { get; set; }

    /// <summary>Another journal with the same content.</summary>
    public OpenStorage Copy() => new()
    {
        Rows = new(Rows),
        Tree = new(Tree.ToDictionary(row => row.Key, row => row.Value.ToArray())),
        Head = Head,
    };

    public ValueTask Open(CancellationToken cancellationToken) => default;

    public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        var plan = AppendPlanner.Plan(
            Head,
            [append],
            stream => Rows.Values.LastOrDefault(row => row.StreamId == stream) is { } last ? new StreamHead(last.Version, last.Family) : default,
            static _ => []);
        foreach (var planned in plan.Events)
        {
            Rows.Add(planned.Position, planned.ToRow());
        }

        Head = plan.Head;
        return new(plan.Outcomes[0].Result!);
    }

    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        OnRead?.Invoke();
        var rows = query.Path switch
        {
            StoredPath.Journal => Rows.Values.Where(row => row.Position > query.After && row.Position <= query.Until),
            StoredPath.EventId => Rows.Values.Where(row => row.EventId == new Guid(query.KeyBytes.Span, bigEndian: true)),
            StoredPath.Stream => Rows.Values.Where(row => row.StreamId == query.Key && row.Version > query.After && row.Version <= query.Until).OrderBy(row => row.Version),
            StoredPath.Correlation => Rows.Values.Where(row => row.CorrelationId == query.Key && row.Position > query.After && row.Position <= query.Until),
            StoredPath.Subject => Rows.Values.Where(row => row.Subject == query.Key && row.Position > query.After && row.Position <= query.Until),
            _ => throw new NotSupportedException(),
        };
        if (query.Path == StoredPath.Journal && query.After >= 0)
        {
            rows = Between(query.After + 1, Math.Min(query.Until, Math.Max(Head.Position, Rows.Count == 0 ? 0 : Rows.Keys.Last())));
        }

        var count = 0;
        foreach (var row in rows.Take(query.Limit))
        {
            count++;
            if (!sink.Accept(row.AsStoredEvent()))
            {
                break;
            }
        }

        return new(count);
    }

    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => new(Head);

    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => new([]);

    public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => new([]);

    public ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken)
    {
        TreeReads++;
        return new([.. Tree
            .Where(row => row.Key.Tree == tree && row.Key.Level == level && row.Key.Index >= firstIndex)
            .Take(limit)
            .Select(row => new TreeRow(tree, level, row.Key.Index, row.Value))]);
    }

    public ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken) =>
        new(Tree.Keys.Where(key => key.Tree == tree && key.Level == level).Select(key => key.Index + 1).DefaultIfEmpty().Max());

    public ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            Tree.TryAdd((row.Tree, row.Level, row.Index), row.Bytes.ToArray());
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    private IEnumerable<StoredRow> Between(long first, long last)
    {
        for (var position = first; position <= last; position++)
        {
            if (Rows.TryGetValue(position, out var row))
            {
                yield return row;
            }
        }
    }
}
