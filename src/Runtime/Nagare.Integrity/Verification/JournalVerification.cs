// Compares a whole journal with a checkpoint, in one walk from its first event to its head. A row of 256 leaves is compared with the hash that
// trusted nodes give for it; where they give none, it is compared one level higher, and what no level could compare, with the signed root.
using Nagare.Storage;

namespace Nagare;

/// <summary>Compares the whole journal with a checkpoint.</summary>
internal sealed class JournalVerification(IJournalStorage storage, ITreeStorage tree, TreeBuilder builder, IntegrityCheck check)
{
    private readonly Findings _findings = new();
    private readonly long _size = check.Checkpoint?.Size ?? 0;
    private TrustedNodes _nodes = null!;
    private VerificationToken _at = VerificationToken.Start();

    // Where rows differ from stored leaves that no trusted node vouches for: the end tells which of both it was.
    private readonly List<long> _hearsay = [];

    public async ValueTask<IntegrityReport> Run(CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(check.MaxEvents);
        _at = check.Token is { } token ? VerificationToken.Read(token, check.Checkpoint) : VerificationToken.Start();
        _nodes = await TrustedNodes.Load(tree, builder, check.Checkpoint, _findings, cancellationToken).ConfigureAwait(false);
        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var (last, start) = (Math.Max(head.Position, _size), _at.Position);
        if (start == 0)
        {
            await LookInFront(cancellationToken).ConfigureAwait(false);
        }

        while (_at.Position < last && _at.Position - start < check.MaxEvents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CompareRun(KeySegment.LastPosition(_at.Position / KeySegment.Positions, last), cancellationToken).ConfigureAwait(false);
            check.Progress?.Report(new IntegrityProgress(_at.Position, last, _findings.Count, Token()));
        }

        if (_at.Position < last)
        {
            return Report(start, Token());
        }

        await Finish(head, cancellationToken).ConfigureAwait(false);
        return Report(start, null);
    }

    private string Token() => (_at with { IsIntact = _at.IsIntact && _findings.Count + _hearsay.Count == 0 }).Write(check.Checkpoint);

    private IntegrityReport Report(long start, string? token)
    {
        var eventsAreRight = token is null && _at.Levels.Root() == check.Checkpoint?.Root;
        foreach (var position in _hearsay)
        {
            _findings.Add(
                position,
                eventsAreRight ? FindingKind.NodeChanged : FindingKind.EventChanged,
                eventsAreRight ? "the stored leaf is not what this event gives, which is the one that the checkpoint covers"
                    : "the event differs from the stored leaf, and nothing that the checkpoint vouches for tells which of them was changed");
        }

        return new IntegrityReport(_findings.InOrder(), _at.Position - start, _size, token, _findings.Omitted);
    }

    private async ValueTask LookInFront(CancellationToken cancellationToken)
    {
        var sink = new PositionSink(_findings, "positions begin at 1");
        await storage.Read(new StoredQuery { Path = StoredPath.Journal, After = long.MinValue, Until = 0, Limit = IntegrityReport.MaxFindings }, sink, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CompareRun(long last, CancellationToken cancellationToken)
    {
        var run = await CheckedRun.Read(storage, _at.Position + 1, last, _findings, cancellationToken).ConfigureAwait(false);
        for (var first = run.First; first <= last; first += TreeShape.RowHashes)
        {
            var end = Math.Min(first + TreeShape.RowHashes - 1, last);
            var covered = Math.Min(end, _size);
            if (first <= covered)
            {
                await CompareRow(run, first, covered, cancellationToken).ConfigureAwait(false);
            }

            await LookForAccidents(run, Math.Max(first, covered + 1), end, cancellationToken).ConfigureAwait(false);
        }

        // A run that the checkpoint covers in part was counted in part: only that part's counts are signed.
        await CompareKeys(run, last, cancellationToken).ConfigureAwait(false);
        _at = _at with { Position = last };
    }

    // What the checkpoint covers of one row of leaves: all 256, or those of its edge.
    private async ValueTask CompareRow(CheckedRun run, long first, long last, CancellationToken cancellationToken)
    {
        var index = (first - 1) / TreeShape.RowHashes;
        if (last - first + 1 < TreeShape.RowHashes)
        {
            await CompareLeaves(run, first, last, cancellationToken).ConfigureAwait(false);
            return;
        }

        var leaves = Leaves(run, first);
        var root = leaves is null ? (TreeHash?)null : MerkleTree.Root(leaves);
        var trusted = await _nodes.Hash(1, index, cancellationToken).ConfigureAwait(false);
        if (trusted is not null)
        {
            await CompareWith(trusted.Value, run, first, last, root, index, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CompareWithHearsay(run, first, leaves, index, cancellationToken).ConfigureAwait(false);
        }

        await Climb(1, index, root, trusted is null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CompareWith(TreeHash trusted, CheckedRun run, long first, long last, TreeHash? root, long index, CancellationToken cancellationToken)
    {
        var row = await _nodes.Row(0, index, cancellationToken).ConfigureAwait(false);
        if (root == trusted)
        {
            Describe(run, first, last, static _ => null);
            if (row is null)
            {
                _findings.Add(first, last, FindingKind.NodeChanged, $"row {index} of the stored tree is missing, or not what these events give, which are those that the checkpoint covers");
            }
        }
        else if (row is not null)
        {
            Describe(run, first, last, position => row[position - first]);
        }
        else
        {
            Describe(run, first, last, static _ => null);
            _findings.Add(first, last, FindingKind.RangeChanged, "among these events is one that the checkpoint does not cover; the stored leaves that would tell which were changed too");
        }
    }

    // No trusted node speaks of this row. Where a stored one differs, one of both was changed, and that is worth saying.
    private async ValueTask CompareWithHearsay(CheckedRun run, long first, TreeHash[]? leaves, long index, CancellationToken cancellationToken)
    {
        Describe(run, first, first + TreeShape.RowHashes - 1, static _ => null);
        if (await TrustedNodes.Stored(tree, 0, index, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return;
        }

        for (var i = 0; i < stored.Length && leaves is not null; i++)
        {
            if (leaves[i] != stored[i] && run.At(first + i) is { FitsHash: true })
            {
                _hearsay.Add(first + i);
            }
        }
    }

    private async ValueTask CompareLeaves(CheckedRun run, long first, long last, CancellationToken cancellationToken)
    {
        var trusted = new TreeHash?[last - first + 1];
        for (var i = 0; i < trusted.Length; i++)
        {
            trusted[i] = await _nodes.Leaf(first + i, cancellationToken).ConfigureAwait(false);
        }

        Describe(run, first, last, position => trusted[position - first]);
        for (var position = first; position <= last; position++)
        {
            _at.Levels.Add(0, run.At(position)?.Leaf, trusted[position - first] is null);
        }
    }

    // Says of each position what is wrong with it, as far as a trusted leaf or the row itself tells.
    private void Describe(CheckedRun run, long first, long last, Func<long, TreeHash?> trustedLeaf)
    {
        for (var position = first; position <= last; position++)
        {
            switch (run.At(position))
            {
                case null:
                    _findings.Add(position, FindingKind.EventMissing, $"there is no event here, though the checkpoint of {_size} events covers it");
                    break;
                case { FitsHash: false }:
                    _findings.Add(position, FindingKind.ContentChanged, "its content is not what its content hash says");
                    break;
                case var row when trustedLeaf(position) is { } leaf && leaf != row.Value.Leaf:
                    _findings.Add(position, FindingKind.EventChanged, "the event is not the one that the checkpoint covers at this position, though it fits its own content hash");
                    break;
                case { IsErased: true }:
                    _findings.Add(position, FindingKind.PayloadErased, "its payload and salt are gone: its place is covered, its content cannot be checked");
                    break;
            }
        }
    }

    // A complete row ends a hash of the level above, and so on: what could not be compared below is compared there.
    private async ValueTask Climb(int level, long index, TreeHash? hash, bool isUncompared, CancellationToken cancellationToken)
    {
        while (_at.Levels.Add(level, hash, isUncompared) is { } row)
        {
            (level, index) = (level + 1, index / TreeShape.RowHashes);
            (hash, isUncompared) = row;
            if (isUncompared && await _nodes.Hash(level, index, cancellationToken).ConfigureAwait(false) is { } trusted)
            {
                isUncompared = false;
                if (hash != trusted)
                {
                    var width = 1L << (level * TreeShape.RowHeight);
                    _findings.Add((index * width) + 1, (index + 1) * width, FindingKind.RangeChanged, "among these events is one that the checkpoint does not cover; the stored nodes that would tell which were changed too");
                }
            }
        }
    }

    private async ValueTask LookForAccidents(CheckedRun run, long first, long last, CancellationToken cancellationToken)
    {
        for (var position = first; position <= last; position++)
        {
            switch (run.At(position))
            {
                case null:
                    _findings.Add(position, FindingKind.EventMissing, "there is no event here, though the journal goes on behind it");
                    break;
                case { FitsHash: false }:
                    _findings.Add(position, FindingKind.ContentChanged, "its content is not what its content hash says");
                    break;
                case { IsErased: true }:
                    _findings.Add(position, FindingKind.PayloadErased, "its payload and salt are gone: its content cannot be checked");
                    break;
            }
        }

        // A row of the tree that was built already is no proof, but it does not differ by itself.
        if (first <= last && (first - 1) % TreeShape.RowHashes == 0 && last - first + 1 == TreeShape.RowHashes)
        {
            await CompareWithStored(run, first, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CompareWithStored(CheckedRun run, long first, CancellationToken cancellationToken)
    {
        if (Leaves(run, first) is { } leaves && await TrustedNodes.Stored(tree, 0, (first - 1) / TreeShape.RowHashes, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            for (var i = 0; i < stored.Length; i++)
            {
                if (stored[i] != leaves[i] && run.At(first + i) is { FitsHash: true })
                {
                    _findings.Add(first + i, FindingKind.EventChanged, "the event differs from the leaf that was built from it; no checkpoint covers it");
                }
            }
        }
    }

    private async ValueTask CompareKeys(CheckedRun run, long last, CancellationToken cancellationToken)
    {
        if (run.First > _size || _at.Keys is not { } keys)
        {
            return;
        }

        // Of the run in which the checkpoint ends only the first part is counted, which is read again: keys are counted while rows go by.
        var covered = last <= _size ? run : await CheckedRun.Read(storage, run.First, _size, new Findings(), cancellationToken).ConfigureAwait(false);
        if (!covered.IsWhole)
        {
            _at = _at with { Keys = null };
            return;
        }

        var leaf = covered.Keys.Take().Leaf(run.First, Math.Min(last, _size));
        keys.Append(leaf);
        if (last <= _size && last % KeySegment.Positions == 0)
        {
            await CompareStoredCounts(run.First, last, leaf, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CompareStoredCounts(long first, long last, TreeHash leaf, CancellationToken cancellationToken)
    {
        var index = (first - 1) / KeySegment.Positions;
        var counts = await tree.ReadTreeRows(TreeKind.Counts, 0, index, 1, cancellationToken).ConfigureAwait(false);
        var stored = await tree.ReadTreeRows(TreeKind.Keys, 0, index, 1, cancellationToken).ConfigureAwait(false);
        if ((counts is [var row] && row.Index == index && KeySegment.Read(row.Bytes)?.Leaf(first, last) != leaf)
            || (stored is [var hash] && hash.Index == index && !hash.Bytes.Span.SequenceEqual(leaf.ToArray())))
        {
            _findings.Add(first, last, FindingKind.NodeChanged, "the stored counts of keys are not those of these events");
        }
    }

    private async ValueTask Finish(JournalHead head, CancellationToken cancellationToken)
    {
        if (head.Position < _size)
        {
            _findings.Add(head.Position + 1, _size, FindingKind.Truncated, $"the journal's head is at position {head.Position}; the checkpoint covers {_size} events");
        }

        var sink = new PositionSink(_findings, $"the journal's head is at position {head.Position}");
        await storage.Read(new StoredQuery { Path = StoredPath.Journal, After = Math.Max(head.Position, _size), Until = long.MaxValue, Limit = 1 }, sink, cancellationToken).ConfigureAwait(false);
        if (check.Checkpoint is not { } checkpoint)
        {
            return;
        }

        var root = _at.Levels.Root();
        if (root != checkpoint.Root && (_at.Levels.HasUncompared || (_at.IsIntact && _findings.Count + _hearsay.Count == 0)))
        {
            _findings.Add(1, _size, FindingKind.RangeChanged, $"the events do not lead to the root of the checkpoint of {_size} events, and no stored node that it vouches for tells where");
        }

        if (root == checkpoint.Root && checkpoint.KeysRoot is { } signed && _at.Keys is { } counted && counted.Root() != signed)
        {
            _findings.Add(1, _size, FindingKind.CountsDiffer, "the checkpoint's counts of streams, correlations and subjects are not those of the events that it covers: whoever made it counted otherwise");
        }
    }

    private static TreeHash[]? Leaves(CheckedRun run, long first)
    {
        var leaves = new TreeHash[TreeShape.RowHashes];
        for (var i = 0; i < leaves.Length; i++)
        {
            if (run.At(first + i) is not { } row)
            {
                return null;
            }

            leaves[i] = row.Leaf;
        }

        return leaves;
    }

    private sealed class PositionSink(Findings findings, string why) : IStoredEventSink
    {
        public bool Accept(in StoredEvent e)
        {
            findings.Add(e.Position, FindingKind.EventAdded, $"there is an event at position {e.Position}; {why}");
            return true;
        }
    }
}
