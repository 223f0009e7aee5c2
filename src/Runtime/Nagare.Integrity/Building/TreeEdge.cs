namespace Nagare;

/// <summary>What a tree of one size holds beside its complete rows: on each level at most 255 hashes. Its root follows from it alone.</summary>
internal sealed class TreeEdge
{
    private readonly TreeHash[][] _levels;

    public TreeEdge(long size, TreeHash[][] levels) => (Size, _levels) = (size, levels);

    public long Size { get; }

    /// <summary>The hashes of a level, from the first one that is in no complete row.</summary>
    public ReadOnlySpan<TreeHash> Level(int level) => level < _levels.Length ? _levels[level] : [];

    /// <summary>The root of the tree.</summary>
    public TreeHash Root() => Frontier().Root();

    /// <summary>Reads a stored edge; null where it is not one of this size.</summary>
    public static TreeEdge? Read(long size, ReadOnlyMemory<byte> bytes)
    {
        var levels = new TreeHash[TreeShape.Levels(size)][];
        var at = 0;
        for (var level = 0; level < levels.Length; level++)
        {
            var length = TreeShape.EdgeHashes(size, level) * TreeHash.Bytes;
            if (at + length > bytes.Length)
            {
                return null;
            }

            levels[level] = TreeShape.Read(bytes.Span.Slice(at, length));
            at += length;
        }

        return at == bytes.Length ? new TreeEdge(size, levels) : null;
    }

    /// <summary>What is stored.</summary>
    public byte[] ToBytes() => [.. _levels.SelectMany(level => TreeShape.Write(level))];

    // The complete subtrees from the highest down; within a level the hashes form those that its bits say.
    private MerkleFrontier Frontier()
    {
        var subtrees = new List<TreeHash>();
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            var own = new MerkleFrontier();
            foreach (var hash in _levels[level])
            {
                own.Append(hash);
            }

            subtrees.AddRange(own.Subtrees);
        }

        return new MerkleFrontier(Size, subtrees);
    }
}
