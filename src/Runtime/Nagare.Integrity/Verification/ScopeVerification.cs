using Nagare.Storage;

namespace Nagare;

/// <summary>
/// Compares a part of a journal with a checkpoint: each event that belongs to it with the leaf that trusted nodes give, and, where the part is
/// one stream, correlation or subject, how many there are with the counts that the checkpoint signs.
/// </summary>
internal sealed class ScopeVerification(IJournalStorage storage, ITreeStorage tree, TreeBuilder builder, IntegrityCheck check)
{
    private readonly Findings _findings = new();
    private readonly long _size = check.Checkpoint?.Size ?? 0;
    private readonly SortedDictionary<long, int> _found = [];
    private long _checked;
    private (long First, long Last, long Count) _uncompared;

    public async ValueTask<IntegrityReport> Run(CancellationToken cancellationToken)
    {
        if (check.Token is not null || check.MaxEvents != long.MaxValue)
        {
            throw new InvalidOperationException("Only a verification of everything is done in portions. Leave Token and MaxEvents, or take JournalScope.Everything.");
        }

        var nodes = await TrustedNodes.Load(tree, builder, check.Checkpoint, _findings, cancellationToken).ConfigureAwait(false);
        if (check.Scope == (JournalScope.Everything with { After = check.Scope.After, Until = check.Scope.Until }))
        {
            await ComparePositions(nodes, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CompareEvents(nodes, cancellationToken).ConfigureAwait(false);
        }

        if (_uncompared.Count > 0)
        {
            _findings.Add(
                _uncompared.First,
                _uncompared.Last,
                FindingKind.RangeChanged,
                $"{_uncompared.Count} of these events could not be compared: no stored node that the checkpoint vouches for gives their leaves. Verify the whole journal");
        }

        return new IntegrityReport(_findings.InOrder(), _checked, _size, null, _findings.Omitted);
    }

    private async ValueTask ComparePositions(TrustedNodes nodes, CancellationToken cancellationToken)
    {
        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        var last = Math.Min(Math.Max(head.Position, _size), check.Scope.Until?.Value ?? long.MaxValue);
        for (var first = check.Scope.After.Value + 1; first <= last;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(first + KeySegment.Positions - 1, last);
            var run = await CheckedRun.Read(storage, first, end, _findings, cancellationToken).ConfigureAwait(false);
            for (var position = first; position <= end; position++)
            {
                if (run.At(position) is { } row)
                {
                    await Compare(nodes, position, row, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    _findings.Add(position, FindingKind.EventMissing, "there is no event here, though the journal or the checkpoint goes on behind it");
                }
            }

            Report(end, last);
            first = end + 1;
        }
    }

    private async ValueTask CompareEvents(TrustedNodes nodes, CancellationToken cancellationToken)
    {
        await foreach (var row in StoredScope.Read(storage, check.Scope, cancellationToken).ConfigureAwait(false))
        {
            var isErased = ProofVerifier.IsErased(row.AsStoredEvent());
            await Compare(nodes, row.Position, new CheckedRow(EventLeaf.Compute(row.AsStoredEvent()), isErased, isErased || ContentHash.Matches(row.AsStoredEvent())), cancellationToken).ConfigureAwait(false);
            if (row.Position <= _size)
            {
                var run = (row.Position - 1) / KeySegment.Positions;
                _found[run] = _found.GetValueOrDefault(run) + 1;
            }

            if (_checked % KeySegment.Positions == 0)
            {
                Report(row.Position, Math.Max(row.Position, _size));
            }
        }

        if (check.Checkpoint is { KeysRoot: not null } checkpoint && KeyOf(check.Scope) is { } key)
        {
            await CompareCounts(key, checkpoint, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask Compare(TrustedNodes nodes, long position, CheckedRow row, CancellationToken cancellationToken)
    {
        _checked++;
        var trusted = position <= _size ? await nodes.Leaf(position, cancellationToken).ConfigureAwait(false) : null;
        if (position <= _size && trusted is null)
        {
            _uncompared = (_uncompared.Count == 0 ? position : Math.Min(_uncompared.First, position), Math.Max(_uncompared.Last, position), _uncompared.Count + 1);
        }

        if (!row.FitsHash)
        {
            _findings.Add(position, FindingKind.ContentChanged, "its content is not what its content hash says");
        }
        else if (trusted is not null && trusted != row.Leaf)
        {
            _findings.Add(position, FindingKind.EventChanged, "the event is not the one that the checkpoint covers at this position, though it fits its own content hash");
        }
        else if (row.IsErased)
        {
            _findings.Add(position, FindingKind.PayloadErased, "its payload and salt are gone: its place is covered, its content cannot be checked");
        }
    }

    private async ValueTask CompareCounts(JournalKey key, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeySegment> runs;
        try
        {
            runs = await TrustedCounts.Load(storage, tree, checkpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (IntegrityException untrusted)
        {
            _findings.Add(1, _size, FindingKind.RangeChanged, $"whether an event of {Printable.Shorten(key.ToString())} is missing cannot be told: {untrusted.Message.TrimEnd('.')}");
            return;
        }

        for (var run = 0; run < runs.Count; run++)
        {
            var (signed, found) = (runs[run].CountOf(key.Hash()), _found.GetValueOrDefault(run));
            if (signed != found)
            {
                _findings.Add(
                    KeySegment.FirstPosition(run),
                    KeySegment.LastPosition(run, _size),
                    found < signed ? FindingKind.EventMissing : FindingKind.EventAdded,
                    $"the checkpoint counts {signed} events of {Printable.Shorten(key.ToString())} among these positions, {found} are there");
            }
        }
    }

    private void Report(long position, long last) =>
        check.Progress?.Report(new IntegrityProgress(position, last, _findings.Count, ""));

    // The one key that a scope is, if nothing else narrows it.
    private static JournalKey? KeyOf(JournalScope scope) => scope switch
    {
        { Stream: { } stream } when scope == JournalScope.Of(stream) => JournalKey.Of(stream),
        { CorrelationId: { } correlation } when scope == JournalScope.Correlated(correlation) => JournalKey.Correlation(correlation),
        { Subject: { } subject } when scope == (JournalScope.Everything with { Subject = subject }) => JournalKey.Subject(subject),
        _ => null,
    };
}
