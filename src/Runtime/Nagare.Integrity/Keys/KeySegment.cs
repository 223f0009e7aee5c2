// Why this exists: proofs of single events show that nothing was changed, not that nothing was left out. So every run of 4,096 positions has
// a sorted list of the keys that occur in it, each with its number of events, and the checkpoint signs the root over these lists. A key
// that is missing is shown to be missing by its two neighbours.
using System.Buffers.Binary;

namespace Nagare;

/// <summary>The keys that occur in one run of positions, in the order of their hashes, each with its number of events.</summary>
internal sealed class KeySegment
{
    /// <summary>How many positions a segment covers. Larger ones make proofs of completeness shorter, and the part that each checkpoint counts anew longer.</summary>
    public const int Positions = 4_096;

    private const int EntryBytes = TreeHash.Bytes + sizeof(int);

    private readonly byte[] _entries;
    private TreeHash[]? _leaves;

    private KeySegment(byte[] entries) => _entries = entries;

    /// <summary>How many keys occur.</summary>
    public int Count => _entries.Length / EntryBytes;

    /// <summary>What is stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _entries;

    /// <summary>How many segments a journal of this size has; the last one may be shorter than the others.</summary>
    public static int CountFor(long size) => checked((int)((size + Positions - 1) / Positions));

    /// <summary>The first position of a segment.</summary>
    public static long FirstPosition(long index) => (index * Positions) + 1;

    /// <summary>The last position of a segment in a journal of this size.</summary>
    public static long LastPosition(long index, long size) => Math.Min((index + 1) * Positions, size);

    public static KeySegment From(IReadOnlyCollection<KeyValuePair<JournalKey, int>> counts)
    {
        var sorted = new (byte[] Hash, int Count)[counts.Count];
        var at = 0;
        foreach (var (key, count) in counts)
        {
            sorted[at++] = (key.Hash().ToArray(), count);
        }

        Array.Sort(sorted, static (left, right) => left.Hash.AsSpan().SequenceCompareTo(right.Hash));
        var entries = new byte[sorted.Length * EntryBytes];
        for (var i = 0; i < sorted.Length; i++)
        {
            Write(entries.AsSpan(i * EntryBytes), sorted[i].Hash, sorted[i].Count);
        }

        return new KeySegment(entries);
    }

    /// <summary>Reads what is stored; null where it is no segment.</summary>
    public static KeySegment? Read(ReadOnlyMemory<byte> bytes) => bytes.Length % EntryBytes == 0 ? new KeySegment(bytes.ToArray()) : null;

    /// <summary>The leaf of the tree over segments.</summary>
    public TreeHash Leaf(long firstPosition, long lastPosition) => Leaf(firstPosition, lastPosition, Count, MerkleTree.Root(Leaves()));

    /// <inheritdoc cref="Leaf(long, long)"/>
    public static TreeHash Leaf(long firstPosition, long lastPosition, int count, TreeHash root)
    {
        var label = "nagare-keys-1"u8;
        Span<byte> room = stackalloc byte[128];
        var parts = new LengthPrefixed(room);
        parts.Add(label);
        parts.Add(firstPosition);
        parts.Add(lastPosition);
        parts.Add((long)count);
        Span<byte> bytes = stackalloc byte[TreeHash.Bytes];
        root.CopyTo(bytes);
        parts.Add(bytes);
        return MerkleTree.HashLeaf(parts.Written);
    }

    /// <summary>The leaf within a segment: SHA-256(0x00 ‖ hash of the key ‖ count, 4 bytes big-endian).</summary>
    public static TreeHash EntryLeaf(TreeHash key, int count)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        Span<byte> hash = stackalloc byte[TreeHash.Bytes];
        key.CopyTo(hash);
        Write(entry, hash, count);
        return MerkleTree.HashLeaf(entry);
    }

    /// <summary>How many events a key has.</summary>
    public int CountOf(TreeHash key) => Find(key) is var index && index >= 0 ? CountAt(index) : 0;

    /// <summary>Shows how many events a key has, none included.</summary>
    public KeyCountProof Prove(TreeHash key)
    {
        var index = Find(key);
        if (index >= 0)
        {
            return new KeyCountProof(Count, Entry(index), null, null);
        }

        var next = ~index;
        return new KeyCountProof(Count, null, next == 0 ? null : Entry(next - 1), next == Count ? null : Entry(next));
    }

    private KeyEntry Entry(int index)
    {
        var leaves = Leaves();
        var path = MerkleRanges.Inclusion(index, Count)
            .Select(range => MerkleTree.Root(leaves.AsSpan((int)range.Start, (int)(range.End - range.Start))))
            .ToArray();
        return new KeyEntry(index, KeyAt(index), CountAt(index), path);
    }

    private int Find(TreeHash key)
    {
        Span<byte> wanted = stackalloc byte[TreeHash.Bytes];
        key.CopyTo(wanted);
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = _entries.AsSpan(middle * EntryBytes, TreeHash.Bytes).SequenceCompareTo(wanted);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private TreeHash KeyAt(int index) => new(_entries.AsSpan(index * EntryBytes, TreeHash.Bytes));

    private int CountAt(int index) => BinaryPrimitives.ReadInt32BigEndian(_entries.AsSpan((index * EntryBytes) + TreeHash.Bytes));

    private TreeHash[] Leaves()
    {
        if (_leaves is null)
        {
            _leaves = new TreeHash[Count];
            for (var i = 0; i < Count; i++)
            {
                _leaves[i] = MerkleTree.HashLeaf(_entries.AsSpan(i * EntryBytes, EntryBytes));
            }
        }

        return _leaves;
    }

    private static void Write(Span<byte> entry, ReadOnlySpan<byte> key, int count)
    {
        key.CopyTo(entry);
        BinaryPrimitives.WriteInt32BigEndian(entry[TreeHash.Bytes..], count);
    }
}
