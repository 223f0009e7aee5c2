using Nagare.Storage;

namespace Nagare;

/// <summary>
/// Stored nodes, as far as they follow from a checkpoint: the edge if its root is the signed one, a row if its root is the hash that a trusted
/// node gives for it. Everything else in the tables is hearsay.
/// </summary>
internal sealed class TrustedNodes
{
    private readonly ITreeStorage _tree;
    private readonly TreeEdge? _edge;

    // One row a level is enough for a walk from the left to the right.
    private readonly Dictionary<int, (long Index, TreeHash[]? Hashes)> _rows = [];

    private TrustedNodes(ITreeStorage tree, long size, TreeEdge? edge) => (_tree, Size, _edge) = (tree, size, edge);

    /// <summary>How many events the checkpoint covers.</summary>
    public long Size { get; }

    /// <summary>Whether anything stored can be trusted.</summary>
    public bool IsRooted => _edge is not null;

    /// <summary>What is found in the tables and fits the checkpoint.</summary>
    public static async ValueTask<TrustedNodes> Load(ITreeStorage tree, TreeBuilder builder, SignedCheckpoint? checkpoint, Findings findings, CancellationToken cancellationToken)
    {
        if (checkpoint is null || checkpoint.Size == 0)
        {
            return new TrustedNodes(tree, 0, null);
        }

        var size = checkpoint.Size;
        var rows = await tree.ReadTreeRows(TreeKind.Edges, 0, size, 1, cancellationToken).ConfigureAwait(false);
        if (rows is [var row] && row.Index == size)
        {
            if (TreeEdge.Read(size, row.Bytes) is { } stored && stored.Root() == checkpoint.Root)
            {
                return new TrustedNodes(tree, size, stored);
            }

            findings.Add(size, FindingKind.NodeChanged, $"the stored edge of the tree of {size} events does not lead to the checkpoint's root");
        }

        return new TrustedNodes(tree, size, await Compute(builder, checkpoint, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The hash of a complete subtree of 256^level leaves; null where no trusted node gives it.</summary>
    public async ValueTask<TreeHash?> Hash(int level, long index, CancellationToken cancellationToken)
    {
        if (_edge is null || (index + 1) > TreeShape.Hashes(Size, level))
        {
            return null;
        }

        var row = index / TreeShape.RowHashes;
        if ((row + 1) * TreeShape.RowHashes > TreeShape.Hashes(Size, level))
        {
            return _edge.Level(level)[(int)(index % TreeShape.RowHashes)];
        }

        return await Row(level, row, cancellationToken).ConfigureAwait(false) is { } hashes ? hashes[index % TreeShape.RowHashes] : null;
    }

    /// <summary>The hashes of a complete row; null where it is missing or does not follow from a trusted node.</summary>
    public async ValueTask<TreeHash[]?> Row(int level, long index, CancellationToken cancellationToken)
    {
        if (_rows.TryGetValue(level, out var kept) && kept.Index == index)
        {
            return kept.Hashes;
        }

        TreeHash[]? trusted = null;
        if (await Hash(level + 1, index, cancellationToken).ConfigureAwait(false) is { } root
            && await Stored(_tree, level, index, cancellationToken).ConfigureAwait(false) is { } stored
            && MerkleTree.Root(stored) == root)
        {
            trusted = stored;
        }

        _rows[level] = (index, trusted);
        return trusted;
    }

    /// <summary>A stored row, trusted or not; null where it is missing or is none.</summary>
    public static async ValueTask<TreeHash[]?> Stored(ITreeStorage tree, int level, long index, CancellationToken cancellationToken)
    {
        var rows = await tree.ReadTreeRows(TreeKind.Events, level, index, 1, cancellationToken).ConfigureAwait(false);
        return rows is [{ Bytes.Length: TreeShape.RowBytes } row] && row.Index == index ? TreeShape.Read(row.Bytes.Span) : null;
    }

    /// <summary>A leaf; null where no trusted node gives it.</summary>
    public async ValueTask<TreeHash?> Leaf(long position, CancellationToken cancellationToken) => await Hash(0, position - 1, cancellationToken).ConfigureAwait(false);

    // The checkpoint may have been signed over another copy of the journal, so that no edge is stored here: it follows, if all is well.
    private static async ValueTask<TreeEdge?> Compute(TreeBuilder builder, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var edge = await builder.ComputeEdge(checkpoint.Size, cancellationToken).ConfigureAwait(false);
            return edge.Root() == checkpoint.Root ? edge : null;
        }
        catch (JournalException)
        {
            // A row or an event is missing or cannot be read: then nothing is trusted, and the comparison of all events says what is wrong.
            return null;
        }
    }
}
