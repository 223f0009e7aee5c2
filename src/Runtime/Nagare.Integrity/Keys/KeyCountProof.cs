namespace Nagare;

/// <summary>One entry of a segment with its way to the segment's root.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Key">The hash of the key.</param>
/// <param name="Count">How many events it has.</param>
/// <param name="Path">The inclusion proof.</param>
internal sealed record KeyEntry(int Index, TreeHash Key, int Count, IReadOnlyList<TreeHash> Path);

/// <summary>Shows how many events of a key a segment has: its own entry, or the two between which it would stand.</summary>
/// <param name="Entries">How many entries the segment has.</param>
/// <param name="Found">The key's own entry, or null.</param>
/// <param name="Left">Where the key has none: the entry in front of its place; null where that is the first one.</param>
/// <param name="Right">Where the key has none: the entry behind its place; null where that is the last one.</param>
internal sealed record KeyCountProof(int Entries, KeyEntry? Found, KeyEntry? Left, KeyEntry? Right)
{
    /// <summary>The count that this shows and the root to which it leads; null where it shows nothing.</summary>
    public (int Count, TreeHash Root)? Check(TreeHash key)
    {
        if (Found is { } found)
        {
            return Left is null && Right is null && found.Key == key && found.Count > 0 && RootOf(found) is { } root ? (found.Count, root) : null;
        }

        return CheckAbsence(key);
    }

    // The neighbours stand side by side, and the key's hash lies between theirs: a sorted list has no room for it.
    private (int Count, TreeHash Root)? CheckAbsence(TreeHash key)
    {
        var isAtStart = Left is null && Right is { Index: 0 };
        var isAtEnd = Right is null && Left is { } last && last.Index == Entries - 1;
        var isBetween = Left is { } left && Right is { } right && left.Index + 1 == right.Index;
        if (!(isAtStart || isAtEnd || isBetween)
            || (Left is not null && Compare(Left.Key, key) >= 0)
            || (Right is not null && Compare(key, Right.Key) >= 0))
        {
            return null;
        }

        var roots = new[] { Left, Right }.OfType<KeyEntry>().Select(RootOf).ToArray();
        return roots is [{ } root, ..] && roots.All(other => other == root) ? (0, root) : null;
    }

    // Where the path leads, if it has the length that an entry at this place of this many has.
    private TreeHash? RootOf(KeyEntry entry)
    {
        if (entry.Index < 0 || entry.Index >= Entries || MerkleRanges.Inclusion(entry.Index, Entries).Count != entry.Path.Count)
        {
            return null;
        }

        var hash = KeySegment.EntryLeaf(entry.Key, entry.Count);
        var ranges = MerkleRanges.Inclusion(entry.Index, Entries);
        for (var i = 0; i < ranges.Count; i++)
        {
            hash = ranges[i].Start > entry.Index ? MerkleTree.HashNode(hash, entry.Path[i]) : MerkleTree.HashNode(entry.Path[i], hash);
        }

        return hash;
    }

    private static int Compare(TreeHash left, TreeHash right) => left.ToArray().AsSpan().SequenceCompareTo(right.ToArray());
}
