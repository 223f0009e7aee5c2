// The tree of RFC 6962 section 2.1 (the same in RFC 9162), as functions over values. Nothing here reads, waits or remembers.
using System.Numerics;
using System.Security.Cryptography;

namespace Nagare;

/// <summary>Hashes, roots and the checks of proofs of the Merkle tree of RFC 6962 with SHA-256.</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int MaxStackBytes = 1024;

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static TreeHash EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ data).</summary>
    public static TreeHash HashLeaf(ReadOnlySpan<byte> data)
    {
        Span<byte> input = data.Length < MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[data.Length + 1];
        input[0] = LeafPrefix;
        data.CopyTo(input[1..]);
        return Hash(input[..(data.Length + 1)]);
    }

    /// <summary>The hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static TreeHash HashNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * TreeHash.Bytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + TreeHash.Bytes)..]);
        return Hash(input);
    }

    /// <summary>The root over hashes of leaves, or of subtrees that are all complete and equally high.</summary>
    public static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.IsEmpty)
        {
            return EmptyRoot;
        }

        var frontier = new MerkleFrontier();
        foreach (var leaf in leaves)
        {
            frontier.Append(leaf);
        }

        return frontier.Root();
    }

    /// <summary>Whether a path leads from a leaf to a root. False for any other length, index or size than those it was made for.</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="path">The proof, from the leaf's neighbour upwards.</param>
    /// <param name="root">The tree's root.</param>
    public static bool VerifyInclusion(TreeHash leaf, long index, long size, ReadOnlySpan<TreeHash> path, TreeHash root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        // RFC 9162 section 2.1.3.2: fn is where we are on a level, sn where the level ends.
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = HashNode(sibling, hash);
                // A last node without a neighbour climbs, unhashed, until it is a right child.
                var levels = BitOperations.TrailingZeroCount(fn);
                (fn, sn) = (fn & 1) == 1 ? (fn, sn) : (fn >> levels, sn >> levels);
            }
            else
            {
                hash = HashNode(hash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && hash == root;
    }

    /// <summary>Whether a proof shows that a tree begins with all leaves of an older one, unchanged. False for any other length or size than those it was made for.</summary>
    /// <param name="oldSize">How many leaves the older tree has.</param>
    /// <param name="oldRoot">Its root.</param>
    /// <param name="newSize">How many leaves the newer tree has, at least as many.</param>
    /// <param name="newRoot">Its root.</param>
    /// <param name="path">The proof; empty where the sizes are equal or the older tree has no leaf.</param>
    public static bool VerifyConsistency(long oldSize, TreeHash oldRoot, long newSize, TreeHash newRoot, ReadOnlySpan<TreeHash> path)
    {
        if (oldSize < 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return path.IsEmpty && oldRoot == newRoot && (oldSize > 0 || oldRoot == EmptyRoot);
        }

        if (oldSize == 0)
        {
            return path.IsEmpty && oldRoot == EmptyRoot;
        }

        // A tree that is one complete subtree is the first part of the proof itself.
        var isComplete = BitOperations.IsPow2(oldSize);
        if (!isComplete && path.IsEmpty)
        {
            return false;
        }

        var (fn, sn) = (oldSize - 1, newSize - 1);
        var rightEdge = BitOperations.TrailingZeroCount(~fn);
        (fn, sn) = (fn >> rightEdge, sn >> rightEdge);
        var oldHash = isComplete ? oldRoot : path[0];
        var newHash = oldHash;
        foreach (var sibling in isComplete ? path : path[1..])
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                oldHash = HashNode(sibling, oldHash);
                newHash = HashNode(sibling, newHash);
                var levels = BitOperations.TrailingZeroCount(fn);
                (fn, sn) = (fn & 1) == 1 ? (fn, sn) : (fn >> levels, sn >> levels);
            }
            else
            {
                newHash = HashNode(newHash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && oldHash == oldRoot && newHash == newRoot;
    }

    private static TreeHash Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Bytes];
        SHA256.HashData(input, hash);
        return new TreeHash(hash);
    }
}
