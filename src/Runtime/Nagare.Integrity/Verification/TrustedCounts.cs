using Nagare.Storage;

namespace Nagare;

/// <summary>The counts of keys that a checkpoint signs: stored ones for complete runs, and for the last run what its events give. Their root has to be the signed one.</summary>
internal static class TrustedCounts
{
    /// <summary>Loads the counts of every run up to a checkpoint.</summary>
    /// <exception cref="IntegrityException">The checkpoint signs no counts, or what is stored does not lead to them.</exception>
    public static async ValueTask<IReadOnlyList<KeySegment>> Load(IJournalStorage storage, ITreeStorage tree, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var runs = new List<KeySegment>();
        await foreach (var run in Read(storage, tree, checkpoint.Size, cancellationToken).ConfigureAwait(false))
        {
            runs.Add(run);
        }

        var leaves = runs.Select((run, i) => run.Leaf(KeySegment.FirstPosition(i), KeySegment.LastPosition(i, checkpoint.Size))).ToArray();
        return checkpoint.KeysRoot is { } signed && MerkleTree.Root(leaves) == signed
            ? runs
            : throw new IntegrityException($"The counts of keys of these {checkpoint.Size} events do not lead to what the checkpoint signs. Verify the journal against it: events or stored counts were changed, or it signs none.");
    }

    private static async IAsyncEnumerable<KeySegment> Read(IJournalStorage storage, ITreeStorage tree, long size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var complete = (int)(size / KeySegment.Positions);
        var built = (int)Math.Min(complete, await tree.NextTreeIndex(TreeKind.Counts, 0, cancellationToken).ConfigureAwait(false));
        await foreach (var run in StoredKeys.ReadCounts(tree, built, cancellationToken).ConfigureAwait(false))
        {
            yield return run;
        }

        for (long run = built; run < KeySegment.CountFor(size); run++)
        {
            var rows = await LeafRun.Read(storage, KeySegment.FirstPosition(run), KeySegment.LastPosition(run, size), cancellationToken).ConfigureAwait(false);
            yield return rows.Keys.Take();
        }
    }
}
