namespace Nagare;

/// <summary>
/// The tree as it follows from the rows, level by level, while they go by from the left to the right; and where it could not be compared with a
/// trusted node, so that it is compared one level higher.
/// </summary>
internal sealed class SubtreeLevels
{
    private readonly List<Level> _levels;

    public SubtreeLevels() => _levels = [];

    private SubtreeLevels(List<Level> levels) => _levels = levels;

    /// <summary>Whether some leaves were not compared with a trusted node yet.</summary>
    public bool HasUncompared => _levels.Exists(level => level.IsUncompared);

    /// <summary>Adds the next hash of a level. Returns the complete row that this ends, or null.</summary>
    /// <param name="level">The level.</param>
    /// <param name="hash">The hash; null where rows that it stands for are missing.</param>
    /// <param name="isUncompared">Whether nothing trusted could be compared with it.</param>
    public (TreeHash? Root, bool IsUncompared)? Add(int level, TreeHash? hash, bool isUncompared)
    {
        while (_levels.Count <= level)
        {
            _levels.Add(new Level());
        }

        var own = _levels[level];
        own.Hashes.Append(hash ?? default);
        own.IsBroken |= hash is null;
        own.IsUncompared |= isUncompared;
        if (own.Hashes.Size < TreeShape.RowHashes)
        {
            return null;
        }

        _levels[level] = new Level();
        return (own.IsBroken ? null : own.Hashes.Root(), own.IsUncompared);
    }

    /// <summary>The root over everything that was added; null where rows are missing.</summary>
    public TreeHash? Root()
    {
        if (_levels.Exists(level => level.IsBroken))
        {
            return null;
        }

        var subtrees = Enumerable.Reverse(_levels).SelectMany(level => level.Hashes.Subtrees).ToArray();
        if (subtrees.Length == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = subtrees[^1];
        for (var i = subtrees.Length - 2; i >= 0; i--)
        {
            root = MerkleTree.HashNode(subtrees[i], root);
        }

        return root;
    }

    /// <summary>What <see cref="Read"/> goes on from.</summary>
    public string Write() => string.Join(
        ';',
        _levels.Select(level => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{level.Hashes.Size},{(level.IsBroken ? 1 : 0)},{(level.IsUncompared ? 1 : 0)},{Convert.ToBase64String(TreeShape.Write([.. level.Hashes.Subtrees]))}")));

    /// <exception cref="FormatException">The text is not what <see cref="Write"/> gave.</exception>
    public static SubtreeLevels Read(string text) => new([.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ReadLevel)]);

    private static Level ReadLevel(string text)
    {
        if (text.Split(',') is not [var size, var broken, var uncompared, var hashes]
            || broken is not ("0" or "1") || uncompared is not ("0" or "1")
            || !long.TryParse(size, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count)
            || count >= TreeShape.RowHashes
            || NoteText.ReadBase64(hashes) is not { } bytes
            || bytes.Length != System.Numerics.BitOperations.PopCount((ulong)count) * TreeHash.Bytes)
        {
            throw new FormatException("a level of the tree is damaged");
        }

        return new Level { Hashes = new MerkleFrontier(count, TreeShape.Read(bytes)), IsBroken = broken == "1", IsUncompared = uncompared == "1" };
    }

    private sealed class Level
    {
        public MerkleFrontier Hashes { get; init; } = new();

        public bool IsBroken { get; set; }

        public bool IsUncompared { get; set; }
    }
}
