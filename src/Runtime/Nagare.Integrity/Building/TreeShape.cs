namespace Nagare;

/// <summary>How a tree of a given size lies in rows: 256 hashes a row, as c2sp.org/tlog-tiles has it, and the edge that fills no row.</summary>
internal static class TreeShape
{
    /// <summary>Levels of the tree in one row, and so 256 hashes.</summary>
    public const int RowHeight = 8;

    /// <summary>Hashes in a row.</summary>
    public const int RowHashes = 1 << RowHeight;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = RowHashes * TreeHash.Bytes;

    /// <summary>How many hashes a level has: complete subtrees of 256^level leaves.</summary>
    public static long Hashes(long size, int level) => level * RowHeight >= 63 ? 0 : size >> (level * RowHeight);

    /// <summary>How many of a level's hashes fill no row.</summary>
    public static int EdgeHashes(long size, int level) => (int)(Hashes(size, level) % RowHashes);

    /// <summary>How many levels have a hash.</summary>
    public static int Levels(long size)
    {
        var levels = 0;
        while (Hashes(size, levels) > 0)
        {
            levels++;
        }

        return levels;
    }

    public static TreeHash[] Read(ReadOnlySpan<byte> bytes)
    {
        var hashes = new TreeHash[bytes.Length / TreeHash.Bytes];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new TreeHash(bytes.Slice(i * TreeHash.Bytes, TreeHash.Bytes));
        }

        return hashes;
    }

    public static byte[] Write(ReadOnlySpan<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Length * TreeHash.Bytes];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * TreeHash.Bytes));
        }

        return bytes;
    }
}
