// Compiled twice: into these tests, and together with a verifier from which a check was taken. So it knows no test framework, and takes texts.
using System.Text;
using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>Forgeries that a verifier has to refuse, and honest proofs that it has to take.</summary>
public static class ProofAttacks
{
    private static readonly TreeHash X = MerkleTree.HashLeaf("x"u8);

    private static readonly TreeHash[] Leaves = [.. Enumerable.Range(0, 21).Select(i => MerkleTree.HashLeaf([(byte)i]))];

    /// <summary>The names of what was wrongly taken or wrongly refused; empty for a verifier that is whole.</summary>
    /// <param name="key">The verifier key.</param>
    /// <param name="honest">A bundle that holds.</param>
    /// <param name="forged">Bundles that do not, by name.</param>
    /// <param name="notes">Checkpoints that do not count, by name; those named honest do.</param>
    public static IReadOnlyList<string> Failures(string key, string honest, IReadOnlyDictionary<string, string> forged, IReadOnlyDictionary<string, string> notes)
    {
        var failures = new List<string>();
        Tree(failures);
        Counts(failures);
        Proofs(failures, VerifierKey.Parse(key), honest);
        foreach (var (name, note) in notes)
        {
            Expect(failures, $"checkpoint: {name}", name.StartsWith("honest", StringComparison.Ordinal), Try(() => ProofVerifier.Refusal(SignedCheckpoint.Parse(note), VerifierKey.Parse(key)) is null));
        }

        foreach (var (name, text) in forged.Prepend(new("honest", honest)))
        {
            Expect(failures, $"bundle: {name}", name == "honest", Try(() => IsValid(text, key)));
        }

        Expect(failures, "a key with another's id", false, Try(() => VerifierKey.Parse("y" + key) is not null));
        return failures;
    }

    private static void Tree(List<string> failures)
    {
        for (var size = 1; size <= Leaves.Length; size++)
        {
            var leaves = Leaves.AsSpan(0, size);
            var root = MerkleTree.Root(leaves);
            for (var index = 0; index < size; index++)
            {
                var path = Path(MerkleRanges.Inclusion(index, size));
                Expect(failures, $"inclusion {index}/{size}", true, MerkleTree.VerifyInclusion(Leaves[index], index, size, path, root));
                Expect(failures, $"inclusion of another leaf {index}/{size}", false, MerkleTree.VerifyInclusion(X, index, size, path, root));
                Expect(failures, $"inclusion at size + {index}/{size}", false, MerkleTree.VerifyInclusion(Leaves[index], index + size, size, path, root));
                Expect(failures, $"longer path {index}/{size}", false, MerkleTree.VerifyInclusion(Leaves[index], index, size, [.. path, X], MerkleTree.HashNode(X, root)));
                Expect(failures, $"longer path to the right {index}/{size}", false, MerkleTree.VerifyInclusion(Leaves[index], index, size, [.. path, X], MerkleTree.HashNode(root, X)));
            }

            Expect(failures, $"a tree of {size} that shrinks", false, MerkleTree.VerifyConsistency(size + 1, root, size, root, []));
            Expect(failures, $"a leaf as the root of {size}", size == 1, MerkleTree.VerifyInclusion(Leaves[0], 0, size, [], Leaves[0]));
            for (var older = 0; older <= size; older++)
            {
                var (olderRoot, path) = (MerkleTree.Root(Leaves.AsSpan(0, older)), Path(MerkleRanges.Consistency(older, size)));
                Expect(failures, $"consistency {older}/{size}", true, MerkleTree.VerifyConsistency(older, olderRoot, size, root, path));
                Expect(failures, $"other older root {older}/{size}", false, MerkleTree.VerifyConsistency(older, X, size, root, path));
                Expect(failures, $"other newer root {older}/{size}", older == 0, MerkleTree.VerifyConsistency(older, olderRoot, size, X, path));
                Expect(failures, $"longer proof {older}/{size}", false, MerkleTree.VerifyConsistency(older, olderRoot, size, root, [.. path, X]));
                Expect(failures, $"longer proof with its roots {older}/{size}", false, MerkleTree.VerifyConsistency(older, MerkleTree.HashNode(X, olderRoot), size, MerkleTree.HashNode(X, root), [.. path, X]));
                Expect(failures, $"sizes swapped {older}/{size}", older == size, MerkleTree.VerifyConsistency(size, root, older, olderRoot, path));
                if (path.Length > 0)
                {
                    Expect(failures, $"shorter proof {older}/{size}", false, Try(() => MerkleTree.VerifyConsistency(older, olderRoot, size, root, path.AsSpan()[..^1])));
                    Expect(failures, $"shorter proof of one root {older}/{size}", false, Try(() => MerkleTree.VerifyConsistency(older, path[0], size, path[0], path.AsSpan()[..1])));
                }
            }
        }
    }

    private static void Counts(List<string> failures)
    {
        var keys = Enumerable.Range(0, 9).Select(i => JournalKey.Subject($"s-{i}")).ToArray();
        var segment = KeySegment.From([.. keys.Where((_, i) => i % 2 == 0).Select((key, i) => new KeyValuePair<JournalKey, int>(key, i + 1))]);
        var root = segment.Prove(keys[0].Hash()).Check(keys[0].Hash())?.Root;
        foreach (var (key, i) in keys.Select((key, i) => (key.Hash(), i)))
        {
            var proof = segment.Prove(key);
            Expect(failures, $"count {i}", true, Shows(proof, key, i % 2 == 0 ? (i / 2) + 1 : 0));
            foreach (var other in keys.Select(other => other.Hash()).Where(other => other != key))
            {
                var foreign = segment.Prove(other);
                Expect(failures, $"count {i} by another's entry", false, foreign.Found is not null && Shows(foreign, key, foreign.Found.Count));
                if (i % 2 == 0)
                {
                    Expect(failures, $"count {i} by another's absence", false, Shows(foreign, key, 0));
                }
            }

            if (proof.Found is { } found)
            {
                Expect(failures, $"count {i} misstated", false, Shows(proof with { Found = found with { Count = found.Count + 1 } }, key, found.Count + 1));
                Expect(failures, $"count {i} of more entries", false, Shows(proof with { Entries = proof.Entries + 3 }, key, found.Count));
                Expect(failures, $"count {i} in another place", false, Shows(proof with { Found = found with { Index = found.Index ^ 1 } }, key, found.Count));
                Expect(failures, $"count {i} without its path", false, Shows(proof with { Found = found with { Path = [] } }, key, found.Count, KeySegment.EntryLeaf(found.Key, found.Count)));
                Expect(failures, $"count {i} with a longer path", false, Shows(proof with { Found = found with { Path = [.. found.Path, X] } }, key, found.Count));
                // Everybody else's neighbours, in every combination, show no absence.
                foreach (var left in Entries(segment, keys).Prepend(null))
                {
                    foreach (var right in Entries(segment, keys).Prepend(null))
                    {
                        Expect(failures, $"absence of {i}", false, Shows(new KeyCountProof(segment.Count, null, left, right), key, 0));
                    }
                }

                var zero = KeySegment.From([new(keys[0], 0)]);
                Expect(failures, "an entry of nothing", false, zero.Prove(keys[0].Hash()).Check(keys[0].Hash()) is not null);
            }
            else
            {
                Expect(failures, $"absence {i} with neighbours of two lists", false, proof is { Left: { } left, Right: { } right }
                    && new KeyCountProof(segment.Count, null, left, right with { Path = [.. right.Path.Reverse()] }).Check(key) is { } shown && shown.Root == root && right.Path.Count > 1);
                Expect(failures, $"absence {i} and an entry", false, Shows(proof with { Found = segment.Prove(keys[0].Hash()).Found }, key, 0));
            }
        }

        // Under the leaf of the run, as a bundle is: the number of entries is part of that.
        bool Shows(KeyCountProof proof, TreeHash key, int count, TreeHash? under = null) => Try(() => proof.Check(key) is { } shown && shown.Count == count
            && KeySegment.Leaf(1, 9, proof.Entries, shown.Root) == KeySegment.Leaf(1, 9, segment.Count, under ?? root!.Value));
    }

    private static void Proofs(List<string> failures, VerifierKey key, string honest)
    {
        var lines = honest.Split('\n');
        using var header = System.Text.Json.JsonDocument.Parse(lines[0]);
        using var first = System.Text.Json.JsonDocument.Parse(lines[1]);
        using var second = System.Text.Json.JsonDocument.Parse(lines[2]);
        var checkpoint = SignedCheckpoint.Parse(header.RootElement.GetProperty("checkpoint").GetString()!);
        var envelope = Encoding.UTF8.GetBytes(first.RootElement.GetProperty("event").GetRawText());
        var row = EventLine.Read(envelope);
        var path = first.RootElement.Path("path");
        var proof = new InclusionProof(row.Position, path, checkpoint);
        Expect(failures, "proof", true, ProofVerifier.Verify(proof, envelope, key));
        Expect(failures, "proof of another position", false, ProofVerifier.Verify(proof with { Position = row.Position + 1 }, envelope, key));
        Expect(failures, "proof of another event", false, ProofVerifier.Verify(proof, Encoding.UTF8.GetBytes(second.RootElement.GetProperty("event").GetRawText()), key));
        foreach (var (name, changed) in new[] { ("actor", row with { Actor = "agent:forged" }), ("data", row with { Data = "{}"u8.ToArray() }), ("erased and forged", row with { Data = default, Salt = default, Actor = "agent:forged" }) })
        {
            Expect(failures, $"proof of a forged {name}", false, ProofVerifier.Verify(proof, EventLine.Write(changed.AsStoredEvent()), key));
        }

        foreach (var (name, changed) in new[] { ("stream", row with { StreamId = "note/forged" }), ("version", row with { Version = row.Version + 1 }), ("time", row with { RecordedAt = row.RecordedAt + 1 }), ("hash", row with { ContentHash = new byte[32] }) })
        {
            Expect(failures, $"proof of a forged {name}", false, ProofVerifier.VerifyPlace(proof, EventLine.Write(changed.AsStoredEvent()), key));
        }

        Expect(failures, "place of an erased event", true, ProofVerifier.VerifyPlace(proof, EventLine.Write((row with { Data = default, Salt = default }).AsStoredEvent()), key));
    }

    private static IEnumerable<KeyEntry?> Entries(KeySegment segment, JournalKey[] keys) => keys.Select(key => segment.Prove(key.Hash()).Found).Where(entry => entry is not null);

    private static TreeHash[] Path(IEnumerable<LeafRange> ranges) => [.. ranges.Select(range => MerkleTree.Root(Leaves.AsSpan((int)range.Start, (int)(range.End - range.Start))))];

    private static bool IsValid(string bundle, string key)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(bundle));
        // A stream in memory is read at once.
        var verified = BundleVerifier.Verify(stream, VerifierKey.Parse(key));
        return verified.IsCompletedSuccessfully && verified.Result is { IsValid: true, Complete: not null };
    }

    // A verifier that fails over a forgery has not taken it.
    private static bool Try(Func<bool> verify)
    {
        try
        {
            return verify();
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static void Expect(List<string> failures, string what, bool expected, bool found)
    {
        if (expected != found)
        {
            failures.Add($"{what} was {(found ? "taken" : "refused")}");
        }
    }
}
