using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nagare.Integrity.Tests;

/// <summary>What docs/integrity.md computes, by this code. The page's values were computed by another program.</summary>
public partial class DocumentationTests
{
    private static readonly JsonElement Vector = JsonDocument.Parse(JsonBlock().Match(File.ReadAllText(Checkout.File("docs/integrity.md"))).Groups[1].Value).RootElement;

    private static TreeHash[] Leaves => [.. Vector.GetProperty("events").EnumerateArray().Select(e => Vectors.Hash(e.GetProperty("leaf").GetString()!))];

    [Fact]
    public void The_leaves_hold()
    {
        Assert.Equal(3, Leaves.Length);
        foreach (var e in Vector.GetProperty("events").EnumerateArray())
        {
            var leaf = EventLeaf.Compute(
                e.GetProperty("position").GetInt64(),
                e.GetProperty("stream").GetString()!,
                e.GetProperty("version").GetInt64(),
                e.GetProperty("recordedAt").GetInt64(),
                Convert.FromHexString(e.GetProperty("contentHash").GetString()!));
            Assert.Equal(e.GetProperty("leaf").GetString(), Hex(leaf));
        }
    }

    [Fact]
    public void The_root_and_the_path_hold()
    {
        Assert.Equal(Text("root"), Hex(MerkleTree.Root(Leaves)));
        var path = Vector.GetProperty("inclusionOf2").EnumerateArray().Select(hash => Vectors.Hash(hash.GetString()!)).ToArray();
        Assert.True(MerkleTree.VerifyInclusion(Leaves[1], 1, 3, path, Vectors.Hash(Text("root"))));
    }

    [Fact]
    public void The_keys_and_their_counts_hold()
    {
        var counter = new KeyCounter();
        foreach (var e in Vector.GetProperty("events").EnumerateArray())
        {
            counter.Add(e.GetProperty("stream").GetString()!, Optional(e, "correlation"), Optional(e, "subject"));
        }

        var counts = counter.Take();
        var keys = Vector.GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(keys.Length, counts.Count);
        foreach (var key in keys)
        {
            var hash = new JournalKey(JournalKey.KindOf(key.GetProperty("kind").GetString()!)!.Value, key.GetProperty("value").GetString()!).Hash();
            Assert.Equal(key.GetProperty("hash").GetString(), Hex(hash));
            Assert.Equal(key.GetProperty("count").GetInt32(), counts.CountOf(hash));
            Assert.Equal(Text("countsRoot"), Hex(counts.Prove(hash).Check(hash)!.Value.Root));
        }

        Assert.Equal(Text("keysRoot"), Hex(MerkleTree.Root([counts.Leaf(1, 3)])));
    }

    [Fact]
    public async Task The_checkpoint_is_the_one_that_the_key_signs()
    {
        using var key = CheckpointKey.Parse(Text("secretKey"));
        Assert.Equal(Text("verifierKey"), key.Key.ToString());
        var signed = await SignedCheckpoint.Sign("example.com/agents", 3, Vectors.Hash(Text("root")), Vectors.Hash(Text("keysRoot")), key, TestContext.Current.CancellationToken);
        Assert.Equal(Text("checkpoint"), signed.Text);
        Assert.Null(ProofVerifier.Refusal(SignedCheckpoint.Parse(Text("checkpoint")), VerifierKey.Parse(Text("verifierKey"))));
    }

    private static string Text(string name) => Vector.GetProperty(name).GetString()!;

    private static string? Optional(JsonElement e, string name) => e.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Hex(TreeHash hash) => Convert.ToHexStringLower(hash.ToArray());

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
