using Nagare.Storage;

namespace Nagare;

/// <summary>The tree of one checkpoint over what is stored: gives the hash of any run of leaves, a row at a time.</summary>
internal sealed class StoredTree(ITreeStorage tree, TreeEdge edge)
{
    private readonly Dictionary<(int Level, long Index), TreeHash[]> _rows = [];

    /// <summary>The hashes that a proof asks for.</summary>
    /// <exception cref="IntegrityException">A row is missing.</exception>
    public async ValueTask<IReadOnlyList<TreeHash>> Resolve(IReadOnlyList<LeafRange> ranges, CancellationToken cancellationToken)
    {
        var path = new TreeHash[ranges.Count];
        for (var i = 0; i < path.Length; i++)
        {
            var subtrees = new List<TreeHash>();
            foreach (var (height, index) in ranges[i].Subtrees())
            {
                subtrees.Add(await Subtree(height, index, cancellationToken).ConfigureAwait(false));
            }

            // Subtrees of a run get lower from the left to the right, so that its hash closes from the right.
            path[i] = subtrees[^1];
            for (var left = subtrees.Count - 2; left >= 0; left--)
            {
                path[i] = MerkleTree.HashNode(subtrees[left], path[i]);
            }
        }

        return path;
    }

    private async ValueTask<TreeHash> Subtree(int height, long index, CancellationToken cancellationToken)
    {
        var level = height / TreeShape.RowHeight;
        var width = 1 << (height % TreeShape.RowHeight);
        var first = index * width;
        var row = await Row(level, first / TreeShape.RowHashes, cancellationToken).ConfigureAwait(false);
        return MerkleTree.Root(row.AsSpan((int)(first % TreeShape.RowHashes), width));
    }

    private async ValueTask<TreeHash[]> Row(int level, long index, CancellationToken cancellationToken)
    {
        if ((index + 1) * TreeShape.RowHashes > TreeShape.Hashes(edge.Size, level))
        {
            return edge.Level(level).ToArray();
        }

        if (!_rows.TryGetValue((level, index), out var hashes))
        {
            var rows = await tree.ReadTreeRows(TreeKind.Events, level, index, 1, cancellationToken).ConfigureAwait(false);
            hashes = rows is [{ Bytes.Length: TreeShape.RowBytes } row] && row.Index == index
                ? TreeShape.Read(row.Bytes.Span)
                : throw new IntegrityException($"The tree of proofs misses row {index} of level {level}, or it was damaged. Verify the journal, then empty nagare_tree and build it anew: its rows follow from the events.");
            _rows.Add((level, index), hashes);
        }

        return hashes;
    }
}
