using System.Text.Json;

namespace Nagare.Integrity.Tests;

/// <summary>The tree that Certificate Transparency's reference tests are about: eight leaves, the roots over the first so many of them, proofs.</summary>
internal static class Vectors
{
    public static readonly byte[][] Leaves = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    public static readonly TreeHash[] Hashes = [.. Leaves.Select(leaf => MerkleTree.HashLeaf(leaf))];

    public static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    public static TreeHash Hash(string hex) => new(Convert.FromHexString(hex));

    /// <summary>A path as the reference writes it.</summary>
    public static TreeHash[] Path(string hex) => [.. hex.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hash)];

    /// <summary>Leaves of a tree of any size, each its own.</summary>
    public static TreeHash[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.HashLeaf(JsonSerializer.SerializeToUtf8Bytes(i)))];

    /// <summary>The hashes that a proof's runs of leaves stand for, by the definition of the root.</summary>
    public static TreeHash[] Resolve(IEnumerable<LeafRange> ranges, TreeHash[] leaves) => [.. ranges.Select(range => Root(leaves.AsSpan((int)range.Start, (int)(range.End - range.Start))))];

    /// <summary>The root straight from RFC 6962 section 2.1: split at the largest power of two below the size.</summary>
    public static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? MerkleTree.EmptyRoot : leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleTree.HashNode(Root(leaves[..split]), Root(leaves[split..]));
    }
}
