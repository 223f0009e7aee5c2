namespace Nagare;

/// <summary>One reading of a scope, in which rules are asked after each event.</summary>
/// <remarks>The journal's end is fixed when the pass begins, so that a search in a busy journal ends and speaks of one state of it.</remarks>
internal sealed class BisectPass : IDisposable
{
    /// <summary>Events between two reports of progress.</summary>
    internal const long ProgressIntervalEvents = 1_000;

    private readonly IJournal _journal;
    private readonly IExplanations _explanations;
    private readonly JournalScope _scope;
    private readonly StreamFolds _folds;
    private readonly CancellationToken _cancellationToken;
    private Envelope? _previous;

    private BisectPass(IJournal journal, IEnvelopeReader reader, IExplanations explanations, JournalScope scope, Position until, CancellationToken cancellationToken)
    {
        _journal = journal;
        _explanations = explanations;
        _scope = scope with { Until = until };
        _folds = new StreamFolds(reader, until);
        _cancellationToken = cancellationToken;
    }

    public static async ValueTask<BisectPass> Begin(IJournal journal, IEnvelopeReader reader, IExplanations explanations, JournalScope scope, CancellationToken cancellationToken)
    {
        var head = await journal.Head(cancellationToken).ConfigureAwait(false);
        var until = scope.Until is { } asked && asked < head ? asked : head;
        return new BisectPass(journal, reader, explanations, scope, until, cancellationToken);
    }

    /// <summary>The events of the scope. An event is the previous one of the next.</summary>
    public async IAsyncEnumerable<Envelope> Read(IProgress<long>? progress)
    {
        var count = 0L;
        try
        {
            await foreach (var envelope in _journal.Read(_scope, _cancellationToken).ConfigureAwait(false))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                count++;
                yield return envelope;
                _previous = envelope;
                if (count % ProgressIntervalEvents == 0)
                {
                    progress?.Report(count);
                }
            }
        }
        finally
        {
            progress?.Report(count);
        }
    }

    /// <summary>Whether a rule holds after an event.</summary>
    /// <exception cref="InvariantEvaluationException">The rule threw.</exception>
    public async ValueTask<InvariantResult> Ask(IBisectInvariant rule, Envelope latest)
    {
        try
        {
            ValueTask<InvariantResult> answer;
            using (InvariantFormatting.Begin())
            {
                // What the rule awaits goes on with the culture that it began with.
                answer = rule.Evaluate(new InvariantContext(latest, _folds, _cancellationToken));
            }

            return await answer.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not JournalException && !(e is OperationCanceledException && _cancellationToken.IsCancellationRequested))
        {
            throw new InvariantEvaluationException(rule.Name, latest, e);
        }
    }

    /// <summary>A rule's first break in the stream of the event that is being read.</summary>
    public async ValueTask<Violation> Violation(IBisectInvariant rule, Envelope latest, string message) =>
        new(rule, latest, message, _explanations.Explain(latest), await Before(latest).ConfigureAwait(false));

    public void Dispose() => _folds.Dispose();

    // At all events of the stream before its first break the rule held, so the last good one is the one before. Mostly it has just been
    // read; to keep one of every stream in a journal instead would cost memory without bound.
    private async ValueTask<Envelope?> Before(Envelope latest)
    {
        if (_previous is null || _previous.StreamId == latest.StreamId)
        {
            return _previous;
        }

        var isInOccurredOrder = _scope is { Time: TimeBasis.Occurred } and ({ From: not null } or { To: not null });
        var stream = _scope with { Stream = latest.StreamId, Until = isInOccurredOrder ? _scope.Until : latest.Position };
        var isPassed = false;
        await foreach (var envelope in _journal.Read(stream, ReadDirection.Backwards, _cancellationToken).ConfigureAwait(false))
        {
            if (isPassed)
            {
                return envelope;
            }

            isPassed = envelope.EventId == latest.EventId && envelope.Ordinal == latest.Ordinal;
        }

        return null;
    }
}
