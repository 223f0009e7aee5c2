using System.Numerics;

namespace Nagare;

/// <summary>A run of leaves that one hash of a proof stands for.</summary>
/// <param name="Start">Its first leaf, from 0.</param>
/// <param name="End">The leaf after its last one.</param>
internal readonly record struct LeafRange(long Start, long End)
{
    /// <summary>The complete subtrees that it consists of, from the left, each by its height and its place among those of that height.</summary>
    public IEnumerable<(int Height, long Index)> Subtrees()
    {
        for (var start = Start; start < End;)
        {
            var height = BitOperations.Log2((ulong)(End - start));
            if (start > 0)
            {
                height = Math.Min(height, BitOperations.TrailingZeroCount(start));
            }

            yield return (height, start >> height);
            start += 1L << height;
        }
    }
}

/// <summary>Which runs of leaves the hashes of a proof stand for: what to read, before anything is read.</summary>
internal static class MerkleRanges
{
    /// <summary>Of an inclusion proof (RFC 6962 section 2.1.1), from the leaf's neighbour upwards.</summary>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<LeafRange>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var split = start + Split(end - start);
            if (index < split)
            {
                path.Add(new LeafRange(split, end));
                end = split;
            }
            else
            {
                path.Add(new LeafRange(start, split));
                start = split;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>Of a consistency proof (RFC 6962 section 2.1.2).</summary>
    public static IReadOnlyList<LeafRange> Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<LeafRange>();
        if (oldSize == 0 || oldSize == newSize)
        {
            return path;
        }

        var (start, end) = (0L, newSize);
        while (end != oldSize)
        {
            var split = start + Split(end - start);
            if (oldSize <= split)
            {
                path.Add(new LeafRange(split, end));
                end = split;
            }
            else
            {
                path.Add(new LeafRange(start, split));
                start = split;
            }
        }

        // What is left is the older tree's last part; where that is the whole older tree, the verifier has its root.
        if (start > 0)
        {
            path.Add(new LeafRange(start, end));
        }

        path.Reverse();
        return path;
    }

    // The largest power of two that is smaller than the count.
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
