using Nagare.Storage;

namespace Nagare;

/// <summary>
/// Builds the stored tree behind the journal's head: rows that are complete and never change, a run of 4,096 events at a time. It remembers
/// nothing and takes no lock: it asks what is stored and goes on from there, so that it may stop anywhere and several may run at once.
/// </summary>
internal sealed class TreeBuilder(IJournalStorage storage, ITreeStorage tree)
{
    private const int RowsPerRun = KeySegment.Positions / TreeShape.RowHashes;

    /// <summary>Builds what is complete. Returns up to which position.</summary>
    /// <param name="pace">How much of its time it works; null for all of it.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <exception cref="IntegrityException">An event is missing or was changed.</exception>
    public async ValueTask<long> Build(BuildPace? pace, CancellationToken cancellationToken)
    {
        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var run = await tree.NextTreeIndex(TreeKind.Counts, 0, cancellationToken).ConfigureAwait(false);
        for (; KeySegment.LastPosition(run, long.MaxValue) <= head.Position; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var startedAt = pace?.Clock.GetTimestamp() ?? 0;
            await BuildRun(run, cancellationToken).ConfigureAwait(false);
            if (pace is not null)
            {
                await pace.Rest(startedAt, cancellationToken).ConfigureAwait(false);
            }
        }

        await BuildLevels(cancellationToken).ConfigureAwait(false);
        return run * KeySegment.Positions;
    }

    /// <summary>Builds all that a checkpoint of this size needs: complete rows, the edge, and the root over counts.</summary>
    /// <exception cref="IntegrityException">An event is missing or was changed.</exception>
    public async ValueTask<(TreeEdge Edge, TreeHash KeysRoot)> BuildUpTo(long size, CancellationToken cancellationToken)
    {
        var runs = size / KeySegment.Positions;
        for (var run = await tree.NextTreeIndex(TreeKind.Counts, 0, cancellationToken).ConfigureAwait(false); run < runs; run++)
        {
            await BuildRun(run, cancellationToken).ConfigureAwait(false);
        }

        // The rest fills no run, but may fill rows.
        var rest = await LeafRun.Read(storage, (runs * KeySegment.Positions) + 1, size, cancellationToken).ConfigureAwait(false);
        var rows = Rows(runs * RowsPerRun, rest.Leaves).ToList();
        if (rows.Count > 0)
        {
            await tree.StoreTreeRows(rows, cancellationToken).ConfigureAwait(false);
        }

        await BuildLevels(cancellationToken).ConfigureAwait(false);
        var edge = await ReadEdge(size, rest, cancellationToken).ConfigureAwait(false);
        await tree.StoreTreeRows([new TreeRow(TreeKind.Edges, 0, size, edge.ToBytes())], cancellationToken).ConfigureAwait(false);
        return (edge, await KeysRoot(size, rest, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The edge of a tree whose complete rows are stored, from them and from the newest events.</summary>
    /// <exception cref="IntegrityException">A row is missing, or an event.</exception>
    public async ValueTask<TreeEdge> ComputeEdge(long size, CancellationToken cancellationToken)
    {
        var first = (size / TreeShape.RowHashes * TreeShape.RowHashes) + 1;
        return await ReadEdge(size, await LeafRun.Read(storage, first, size, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask BuildRun(long run, CancellationToken cancellationToken)
    {
        var (first, last) = (KeySegment.FirstPosition(run), KeySegment.LastPosition(run, long.MaxValue));
        var leaves = await LeafRun.Read(storage, first, last, cancellationToken).ConfigureAwait(false);
        var counts = leaves.Keys.Take();
        // The counts come last: what is asked for when building goes on.
        await tree.StoreTreeRows(
            [
                .. Rows(run * RowsPerRun, leaves.Leaves),
                new TreeRow(TreeKind.Keys, 0, run, counts.Leaf(first, last).ToArray()),
                new TreeRow(TreeKind.Counts, 0, run, counts.Bytes),
            ],
            cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<TreeRow> Rows(long firstRow, IReadOnlyList<TreeHash> leaves) => leaves
        .Chunk(TreeShape.RowHashes)
        .Where(hashes => hashes.Length == TreeShape.RowHashes)
        .Select((hashes, i) => new TreeRow(TreeKind.Events, 0, firstRow + i, TreeShape.Write(hashes)));

    // Each level above from complete rows of the one below; for counts there is one, because bundles need all of its leaves anyway.
    private async ValueTask BuildLevels(CancellationToken cancellationToken)
    {
        var below = await tree.NextTreeIndex(TreeKind.Events, 0, cancellationToken).ConfigureAwait(false);
        for (var level = 1; below >= TreeShape.RowHashes; level++)
        {
            var next = await tree.NextTreeIndex(TreeKind.Events, level, cancellationToken).ConfigureAwait(false);
            for (; (next + 1) * TreeShape.RowHashes <= below; next++)
            {
                var roots = await ReadRowRoots(level - 1, next * TreeShape.RowHashes, TreeShape.RowHashes, cancellationToken).ConfigureAwait(false);
                await tree.StoreTreeRows([new TreeRow(TreeKind.Events, level, next, TreeShape.Write(roots))], cancellationToken).ConfigureAwait(false);
            }

            below = next;
        }

        var leaves = await tree.NextTreeIndex(TreeKind.Keys, 0, cancellationToken).ConfigureAwait(false);
        for (var row = await tree.NextTreeIndex(TreeKind.Keys, 1, cancellationToken).ConfigureAwait(false); (row + 1) * TreeShape.RowHashes <= leaves; row++)
        {
            var hashes = await StoredKeys.ReadLeaves(tree, row * TreeShape.RowHashes, TreeShape.RowHashes, cancellationToken).ConfigureAwait(false);
            await tree.StoreTreeRows([new TreeRow(TreeKind.Keys, 1, row, TreeShape.Write([.. hashes]))], cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<TreeEdge> ReadEdge(long size, LeafRun rest, CancellationToken cancellationToken)
    {
        var levels = new TreeHash[TreeShape.Levels(size)][];
        for (var level = 0; level < levels.Length; level++)
        {
            var count = TreeShape.EdgeHashes(size, level);
            levels[level] = level == 0
                ? [.. rest.Leaves.Skip(rest.Leaves.Count - count)]
                : await ReadRowRoots(level - 1, TreeShape.Hashes(size, level) - count, count, cancellationToken).ConfigureAwait(false);
        }

        return new TreeEdge(size, levels);
    }

    private async ValueTask<TreeHash[]> ReadRowRoots(int level, long first, int count, CancellationToken cancellationToken)
    {
        var roots = new TreeHash[count];
        if (count > 0)
        {
            var rows = await tree.ReadTreeRows(TreeKind.Events, level, first, count, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < count; i++)
            {
                roots[i] = i < rows.Count && rows[i].Index == first + i && rows[i].Bytes.Length == TreeShape.RowBytes
                    ? MerkleTree.Root(TreeShape.Read(rows[i].Bytes.Span))
                    : throw new IntegrityException($"The tree of proofs misses row {first + i} of level {level}, or it was damaged. Verify the journal, then empty nagare_tree and build it anew: its rows follow from the events.");
            }
        }

        return roots;
    }

    private async ValueTask<TreeHash> KeysRoot(long size, LeafRun rest, CancellationToken cancellationToken)
    {
        var runs = (int)(size / KeySegment.Positions);
        var leaves = new List<TreeHash>(await StoredKeys.ReadLeaves(tree, 0, runs, cancellationToken).ConfigureAwait(false));
        if (rest.Leaves.Count > 0)
        {
            leaves.Add(rest.Keys.Take().Leaf(KeySegment.FirstPosition(runs), size));
        }

        return MerkleTree.Root([.. leaves]);
    }
}
