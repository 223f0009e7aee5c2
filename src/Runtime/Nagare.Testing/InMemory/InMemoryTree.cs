using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>The rows of a tree of proofs, in the order of their index on each level.</summary>
internal sealed class InMemoryTree
{
    private readonly Dictionary<(TreeKind Tree, int Level), SortedList<long, TreeRow>> _levels = [];

    public IReadOnlyList<TreeRow> Read(TreeKind tree, int level, long firstIndex, int limit)
    {
        if (!_levels.TryGetValue((tree, level), out var rows))
        {
            return [];
        }

        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = rows.GetKeyAtIndex(middle) < firstIndex ? (middle + 1, high) : (low, middle);
        }

        return [.. Enumerable.Range(low, Math.Min(limit, rows.Count - low)).Select(rows.GetValueAtIndex)];
    }

    public long Next(TreeKind tree, int level) => _levels.TryGetValue((tree, level), out var rows) && rows.Count > 0 ? rows.GetKeyAtIndex(rows.Count - 1) + 1 : 0;

    /// <summary>Keeps a copy of a row, unless one is there already.</summary>
    public void Store(TreeRow row)
    {
        if (!_levels.TryGetValue((row.Tree, row.Level), out var rows))
        {
            _levels.Add((row.Tree, row.Level), rows = []);
        }

        rows.TryAdd(row.Index, row with { Bytes = row.Bytes.ToArray() });
    }
}
