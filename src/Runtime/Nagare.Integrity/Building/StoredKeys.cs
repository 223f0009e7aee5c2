using Nagare.Storage;

namespace Nagare;

/// <summary>Reads the stored counts of keys and the leaves over them.</summary>
internal static class StoredKeys
{
    // A row of counts takes a few dozen kilobytes, at most half a megabyte.
    private const int CountsAtOnce = 16;

    /// <summary>The leaves of complete runs, from rows of 256 where they are complete.</summary>
    /// <exception cref="IntegrityException">One is missing.</exception>
    public static async ValueTask<IReadOnlyList<TreeHash>> ReadLeaves(ITreeStorage tree, long first, int count, CancellationToken cancellationToken)
    {
        var leaves = new List<TreeHash>(count);
        if (first == 0)
        {
            foreach (var row in count >= TreeShape.RowHashes
                ? await tree.ReadTreeRows(TreeKind.Keys, 1, 0, count / TreeShape.RowHashes, cancellationToken).ConfigureAwait(false)
                : [])
            {
                if (row.Index * TreeShape.RowHashes != leaves.Count || row.Bytes.Length != TreeShape.RowBytes)
                {
                    break;
                }

                leaves.AddRange(TreeShape.Read(row.Bytes.Span));
            }
        }

        while (leaves.Count < count)
        {
            var next = first + leaves.Count;
            var rows = await tree.ReadTreeRows(TreeKind.Keys, 0, next, Math.Min(count - leaves.Count, TreeShape.RowHashes), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0 || rows[0].Index != next)
            {
                throw Missing(next);
            }

            foreach (var row in rows)
            {
                if (row.Index != first + leaves.Count || row.Bytes.Length != TreeHash.Bytes)
                {
                    throw Missing(first + leaves.Count);
                }

                leaves.Add(new TreeHash(row.Bytes.Span));
            }
        }

        return leaves;
    }

    /// <summary>The counts of complete runs, in order.</summary>
    /// <exception cref="IntegrityException">One is missing.</exception>
    public static async IAsyncEnumerable<KeySegment> ReadCounts(ITreeStorage tree, int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0L; next < count;)
        {
            var rows = await tree.ReadTreeRows(TreeKind.Counts, 0, next, (int)Math.Min(count - next, CountsAtOnce), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                throw Missing(next);
            }

            foreach (var row in rows)
            {
                yield return row.Index == next++ && KeySegment.Read(row.Bytes) is { } counts ? counts : throw Missing(next - 1);
            }
        }
    }

    private static IntegrityException Missing(long run) => new(
        $"The counts of keys miss those of the events from position {KeySegment.FirstPosition(run)} on, or they were damaged. Verify the journal, then empty nagare_tree and build it anew: its rows follow from the events.");
}
