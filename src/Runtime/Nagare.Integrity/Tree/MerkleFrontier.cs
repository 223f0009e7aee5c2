namespace Nagare;

/// <summary>The right edge of a growing tree: the roots of its complete subtrees, one for each set bit of its size. Enough to append and to know the root.</summary>
internal sealed class MerkleFrontier
{
    private readonly List<TreeHash> _subtrees = [];

    public MerkleFrontier()
    {
    }

    /// <summary>Goes on from the subtrees of a tree of this size, the largest first.</summary>
    /// <exception cref="ArgumentException">A tree of this size has another number of them.</exception>
    public MerkleFrontier(long size, IEnumerable<TreeHash> subtrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _subtrees.AddRange(subtrees);
        Size = size;
        if (_subtrees.Count != System.Numerics.BitOperations.PopCount((ulong)size))
        {
            throw new ArgumentException($"A tree of {size} leaves has another number of complete subtrees than {_subtrees.Count}.", nameof(subtrees));
        }
    }

    /// <summary>How many leaves were appended.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, the largest first.</summary>
    public IReadOnlyList<TreeHash> Subtrees => _subtrees;

    public void Append(TreeHash leaf)
    {
        var hash = leaf;
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            hash = MerkleTree.HashNode(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree so far.</summary>
    public TreeHash Root()
    {
        if (Size == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = _subtrees[^1];
        for (var i = _subtrees.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.HashNode(_subtrees[i], root);
        }

        return root;
    }
}
