using CsCheck;

namespace Nagare.Integrity.Tests;

/// <summary>The tree is that of RFC 6962, and its proofs hold for what they were made for and nothing else.</summary>
public class MerkleTreeTests
{
    private const int MaxLeaves = 300;

    [Fact]
    public void The_roots_are_those_of_the_reference() =>
        Assert.Equal(Vectors.Roots, Enumerable.Range(0, 9).Select(size => Convert.ToHexStringLower(MerkleTree.Root(Vectors.Hashes.AsSpan(0, size)).ToArray())));

    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void An_inclusion_proof_is_that_of_the_reference(int index, int size, string path)
    {
        var expected = Vectors.Path(path);
        Assert.Equal(expected, Vectors.Resolve(MerkleRanges.Inclusion(index, size), Vectors.Hashes));
        Assert.True(MerkleTree.VerifyInclusion(Vectors.Hashes[index], index, size, expected, Vectors.Hash(Vectors.Roots[size])));
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    [InlineData(6, 7, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void A_consistency_proof_is_that_of_the_reference(int older, int newer, string path)
    {
        var expected = Vectors.Path(path);
        Assert.Equal(expected, Vectors.Resolve(MerkleRanges.Consistency(older, newer), Vectors.Hashes));
        Assert.True(MerkleTree.VerifyConsistency(older, Vectors.Hash(Vectors.Roots[older]), newer, Vectors.Hash(Vectors.Roots[newer]), expected));
    }

    [Fact]
    public void Leaves_appended_one_by_one_give_the_root_of_the_definition()
    {
        var leaves = Vectors.Numbered(MaxLeaves);
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= MaxLeaves; size++)
        {
            Assert.Equal(Vectors.Root(leaves.AsSpan(0, size)), frontier.Root());
            Assert.Equal(frontier.Root(), new MerkleFrontier(size, frontier.Subtrees).Root());
            if (size < MaxLeaves)
            {
                frontier.Append(leaves[size]);
            }
        }
    }

    [Fact]
    public void Every_inclusion_proof_up_to_300_leaves_holds_and_no_forgery_of_it_does()
    {
        var leaves = Vectors.Numbered(MaxLeaves + 1);
        var roots = Roots(leaves);
        for (var size = 1; size <= MaxLeaves; size++)
        {
            for (var index = 0; index < size; index += size < 40 ? 1 : 7)
            {
                var path = Vectors.Resolve(MerkleRanges.Inclusion(index, size), leaves);
                Assert.True(MerkleTree.VerifyInclusion(leaves[index], index, size, path, roots[size]), $"{index} of {size}");
                foreach (var forged in Forgeries(path, roots[size]))
                {
                    Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, size, forged, roots[size]), $"{index} of {size}, a path of {forged.Length}");
                }

                Assert.False(MerkleTree.VerifyInclusion(leaves[(index + 1) % (size + 1)], index, size, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, size, path, roots[size - 1]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index + 1, size, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index - 1, size, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index + size, size, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], -1 - index, size, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, size * 2, path, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, index, path, roots[size]));
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_up_to_300_leaves_holds_and_no_forgery_of_it_does()
    {
        var leaves = Vectors.Numbered(MaxLeaves);
        var roots = Roots(leaves);
        for (var newer = 1; newer <= MaxLeaves; newer++)
        {
            for (var older = 0; older <= newer; older += newer < 40 ? 1 : 11)
            {
                var path = Vectors.Resolve(MerkleRanges.Consistency(older, newer), leaves);
                Assert.True(MerkleTree.VerifyConsistency(older, roots[older], newer, roots[newer], path), $"{older} to {newer}");
                foreach (var forged in Forgeries(path, roots[newer]))
                {
                    Assert.False(MerkleTree.VerifyConsistency(older, roots[older], newer, roots[newer], forged), $"{older} to {newer}, a path of {forged.Length}");
                }

                var wrong = MerkleTree.HashLeaf("wrong"u8);
                Assert.False(MerkleTree.VerifyConsistency(older, wrong, newer, roots[newer], path), $"{older} to {newer}");
                Assert.False(MerkleTree.VerifyConsistency(newer + 1, roots[older], newer, roots[newer], path));
                Assert.False(MerkleTree.VerifyConsistency(-1, roots[older], newer, roots[newer], path));
                if (older > 0)
                {
                    Assert.False(MerkleTree.VerifyConsistency(older, roots[older], newer, wrong, path), $"{older} to {newer}");
                }

                if (older > 0 && older < newer)
                {
                    Assert.False(MerkleTree.VerifyConsistency(older, roots[newer], newer, roots[older], path));
                    Assert.False(MerkleTree.VerifyConsistency(older - 1, roots[older], newer, roots[newer], path), $"{older} to {newer}");
                }
            }
        }
    }

    [Fact]
    public void A_proof_of_any_size_and_place_holds() => Gen.Int[1, 3_000].SelectMany(size => Gen.Select(Gen.Const(size), Gen.Int[0, size - 1], Gen.Int[0, size])).Sample(
        (size, index, older) =>
        {
            var leaves = Vectors.Numbered(size);
            var (root, olderRoot) = (MerkleTree.Root(leaves), MerkleTree.Root(leaves.AsSpan(0, older)));
            return MerkleTree.VerifyInclusion(leaves[index], index, size, Vectors.Resolve(MerkleRanges.Inclusion(index, size), leaves), root)
                && MerkleTree.VerifyConsistency(older, olderRoot, size, root, Vectors.Resolve(MerkleRanges.Consistency(older, size), leaves));
        },
        iter: 100);

    // Of every other length up to the longest, and with each single bit of the first byte of each hash turned.
    private static IEnumerable<TreeHash[]> Forgeries(TreeHash[] path, TreeHash filling)
    {
        for (var length = 0; length < path.Length; length++)
        {
            yield return path[..length];
            yield return path[^length..];
        }

        for (var more = 1; path.Length + more <= 64; more += 9)
        {
            yield return [.. path, .. Enumerable.Repeat(filling, more)];
            yield return [.. Enumerable.Repeat(filling, more), .. path];
        }

        for (var i = 0; i < path.Length; i++)
        {
            var bytes = path[i].ToArray();
            bytes[i % bytes.Length] ^= (byte)(1 << (i % 8));
            yield return [.. path[..i], new TreeHash(bytes), .. path[(i + 1)..]];
        }

        if (path.Length > 1 && path[0] != path[1])
        {
            yield return [path[1], path[0], .. path[2..]];
        }
    }

    private static TreeHash[] Roots(TreeHash[] leaves) => [.. Enumerable.Range(0, leaves.Length + 1).Select(size => MerkleTree.Root(leaves.AsSpan(0, size)))];
}
