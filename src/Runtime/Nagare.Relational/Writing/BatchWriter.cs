using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nagare.Storage;

/// <summary>Commits batches of appends: one transaction each, every caller answered after its commit.</summary>
/// <remarks>
/// The order inside the transaction is design: the head is locked and read; then, in statements of their own, stream heads and append
/// ids; the planner numbers the winners; they are inserted and counted; the head advances; all of it commits. A batch that fails is
/// tried again append by append, each once and alone, so that a bad append fails nobody but its caller. What the database ended for a
/// reason of the moment is tried again as a whole first, as often as the schedule says.
/// Where the database can and nobody else writes, all of that is one trip: the batch is planned on the head that this writer left, and
/// stored provided that the head still is there.
/// An append in which its caller's code takes part comes as a batch of its own. The code runs when all that the journal writes is written,
/// the head's advance included: even code that breaks its word and commits leaves a whole journal.
/// </remarks>
internal sealed partial class BatchWriter(WriteSession session, RetrySchedule retries, TimeSpan participationTime, TimeProvider clock, JournalMetrics? metrics = null, ILogger? logger = null)
{
    // A commit that takes longer is worth a person's look: a disk in trouble, a lock held elsewhere, a server far away.
    private static readonly TimeSpan SlowCommit = TimeSpan.FromSeconds(1);

    private readonly JournalMetrics _metrics = metrics ?? new JournalMetrics("other", clock);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    // About 2 MB of ids and nodes; a host with more active streams than that pays one index seek for each it comes back to.
    private const int MaxCachedStreamHeads = 16_384;

    private readonly StreamHeadCache _streamHeads = new(MaxCachedStreamHeads);
    private readonly Dictionary<string, StreamHead> _readHeads = new(StringComparer.Ordinal);
    private readonly Dictionary<PreparedAppend, IReadOnlyList<StoredRow>> _readAppends = [];
    private readonly HashSet<(string Family, string Name, int SchemaVersion)> _knownTypes = [];
    private readonly List<StoredEventType> _newTypes = [];
    private readonly List<PreparedAppend> _prepared = [];
    private readonly QueuedAppend[] _one = new QueuedAppend[1];
    private Func<string, StreamHead>? _readHead;
    private QueuedAppend? _untold;
    private JournalHead? _headLeft;
    private bool _othersWrite;
    private bool _isWritable = true;

    /// <summary>Whether an append that is stored alone is left to <see cref="TakeUntold"/> to tell.</summary>
    public bool LeavesOneUntold { get; set; }

    /// <summary>The append of which the answer was decided and its caller not told, or null.</summary>
    public QueuedAppend? TakeUntold()
    {
        var untold = _untold;
        _untold = null;
        return untold;
    }

    /// <summary>Stores a batch and answers every append in it. Returns whether the database could be written at all.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Write(IReadOnlyList<QueuedAppend> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            _metrics.Taken(batch[i].CameAt);
        }

        var failure = await TryUntilTold(batch).ConfigureAwait(false);
        Note(failure);
        if (failure is null)
        {
            return true;
        }

        if (failure.IsOfCaller)
        {
            batch[0].Fail(failure.Error);
            return true;
        }

        if (batch.Count == 1 || failure.HitsEveryAppend)
        {
            CountFailures(batch.Count, failure.Error);
            FailAll(batch, failure.Error);
            return _isWritable;
        }

        // Who is stored here does not wait until the others are, however often they are tried.
        LeavesOneUntold = false;
        foreach (var append in batch)
        {
            _one[0] = append;
            if (await TryUntilTold(_one).ConfigureAwait(false) is { } own)
            {
                CountFailures(1, own.Error);
                Fail(append, own.Error);
            }
        }

        return true;
    }

    /// <summary>Fails appends of which nothing was stored.</summary>
    public static void FailAll(IReadOnlyList<QueuedAppend> batch, Exception error)
    {
        foreach (var append in batch)
        {
            Fail(append, error);
        }
    }

    /// <summary>Why an append that waited while the journal was closed over a database that is down is not stored.</summary>
    public static JournalUnavailableException ClosedWhileUnwritable() => new("The journal was closed while its database could not be written. Nothing was stored.");

    private void Note(Failure? failure)
    {
        var isWritable = failure is null || !failure.HitsEveryAppend;
        if (_isWritable && !isWritable)
        {
            RelationalLog.Unwritable(_logger, failure!.Error.Message);
        }
        else if (!_isWritable && isWritable)
        {
            RelationalLog.WritableAgain(_logger);
        }

        _isWritable = isWritable;
    }

    private void CountFailures(int appends, Exception error)
    {
        for (var i = 0; i < appends; i++)
        {
            _metrics.Failed(error);
        }
    }

    private static void Fail(QueuedAppend append, Exception error) => append.Fail(error switch
    {
        _ when append.MayArriveYet => new AppendOutcomeUnknownException(append.Append.AppendId, "an attempt to store it was cut off, and no later one came through", error),
        KeyViolationException violation => KeyRefusals.Of(append.Append, violation),
        _ => error,
    });

    // Null where all were answered; otherwise why nothing of the batch was stored, and no further attempt is due.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Failure?> TryUntilTold(IReadOnlyList<QueuedAppend> batch)
    {
        var startedAt = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var failure = await TryWrite(batch, startedAt).ConfigureAwait(false);
            if (failure is null && clock.GetElapsedTime(startedAt) is var took && took > SlowCommit)
            {
                RelationalLog.SlowCommit(_logger, batch.Count, took, attempt + 1);
            }

            if (failure is { IsOfCaller: true } || failure?.Error is not TransientFailureException transient)
            {
                return failure;
            }

            // A database that was down for the batch before is asked once: its callers waited long enough.
            if (!_isWritable || attempt >= retries.Pauses.Length)
            {
                return failure with { Error = new JournalUnavailableException($"{transient.Message.TrimEnd('.')}; tried {attempt + 1} times. Nothing was stored.", transient) };
            }

            _metrics.Retried();
            RelationalLog.TriedAgain(_logger, batch.Count, attempt + 1, retries.Pauses.Length + 1, retries.Pauses[attempt], transient.Message);
            await Task.Delay(retries.Pauses[attempt], clock).ConfigureAwait(false);
        }
    }

    // Null where all were answered; otherwise why nothing of the batch was stored.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Failure?> TryWrite(IReadOnlyList<QueuedAppend> batch, long startedAt)
    {
        AppendPlan? plan = null;
        var (hasBegun, holdsHead) = (false, false);
        try
        {
            if (PlanOnTheHeadLeft(batch, out var assumptions) is { } assumed)
            {
                (plan, hasBegun) = (assumed, true);
                _othersWrite = !await session.StoreAtOnce(assumed, assumptions, default).ConfigureAwait(false);
                if (_othersWrite)
                {
                    (plan, hasBegun) = (null, false);
                }
            }

            if (plan is null)
            {
                var answers = await Ask(batch).ConfigureAwait(false);
                (hasBegun, holdsHead) = (true, true);
                plan = Plan(answers.Head, batch, append => _readAppends.GetValueOrDefault(append, []));
                if (batch[0].Participation is { } participation)
                {
                    await StoreShared(plan, batch[0].Append, participation).ConfigureAwait(false);
                }
                else
                {
                    await Store(plan).ConfigureAwait(false);
                }
            }

            Remember(plan);
        }
        catch (Exception error)
        {
            // The writer's outermost edge: whatever went wrong is the callers' to hear, and the next batch starts afresh.
            var isUnknown = plan is not null && session.MayHaveCommitted && error is not (KeyViolationException or JournalBusyException or TransientFailureException { IsRefusal: true });
            Forget();
            await session.Reset().ConfigureAwait(false);
            if (!isUnknown)
            {
                return OfCaller(error) ?? new Failure(error, HitsEveryAppend: !hasBegun || error is JournalBusyException);
            }

            return await ResolveCommit(batch, plan!, holdsHead, error, startedAt).ConfigureAwait(false);
        }

        Committed(plan, startedAt);
        Answer(batch, plan);
        return null;
    }

    private void Committed(AppendPlan plan, long startedAt)
    {
        if (plan.Events.Count > 0)
        {
            _metrics.Committed(plan.Events.Count, startedAt);
        }
    }

    // Locks the head and reads what the batch needs. Streams that this writer knows are not asked for, unless somebody else wrote.
    private async ValueTask<WriteAnswers> Ask(IReadOnlyList<QueuedAppend> batch)
    {
        _readHeads.Clear();
        _readAppends.Clear();
        var asked = new List<string>();
        var appends = new List<(Guid, int)>();
        foreach (var append in batch)
        {
            foreach (var stream in append.Append.Streams)
            {
                var id = stream.StreamId.ToString();
                if (_readHeads.ContainsKey(id))
                {
                    continue;
                }

                var isKnown = _streamHeads.TryGet(id, out var known) && !_othersWrite;
                _readHeads.Add(id, known);
                if (!isKnown)
                {
                    asked.Add(id);
                }
            }

            if (append.Append is { IsIdGiven: true, EventCount: > 0 })
            {
                // One more than it has, so that an id which stored more events than came now is seen to differ.
                appends.Add((append.Append.AppendId, append.Append.EventCount + 1));
            }
        }

        var questions = new WriteQuestions(asked, appends) { IsShared = batch[0].Participation is not null };
        var answers = await session.Ask(questions, default).ConfigureAwait(false);
        _othersWrite = _headLeft is { } left && left != answers.Head;
        if (_headLeft != answers.Head)
        {
            _streamHeads.Clear();
            await AskForTheRest(asked).ConfigureAwait(false);
        }

        foreach (var stream in asked)
        {
            _readHeads[stream] = answers.StreamHeads.GetValueOrDefault(stream);
        }

        var next = 0;
        foreach (var append in batch)
        {
            if (append.Append is { IsIdGiven: true, EventCount: > 0 })
            {
                _readAppends[append.Append] = answers.Appends[next++];
            }
        }

        return answers;
    }

    // Somebody else wrote since, so what this writer knew of streams is worth nothing.
    private async ValueTask AskForTheRest(List<string> asked)
    {
        var rest = _readHeads.Keys.Except(asked, StringComparer.Ordinal).ToList();
        if (rest.Count > 0)
        {
            foreach (var stream in rest)
            {
                _readHeads[stream] = default;
            }

            await session.ReadStreamHeads(rest, _readHeads, default).ConfigureAwait(false);
        }
    }

    private async ValueTask Store(AppendPlan plan)
    {
        if (plan.Events.Count == 0)
        {
            await session.Rollback(default).ConfigureAwait(false);
            return;
        }

        NoteNewTypes(plan);
        await session.Store(plan, _newTypes, default).ConfigureAwait(false);
        _newTypes.Clear();
    }

    private async ValueTask StoreShared(AppendPlan plan, PreparedAppend append, Participation participation)
    {
        if (plan.Events.Count == 0)
        {
            await session.Rollback(default).ConfigureAwait(false);
            return;
        }

        NoteNewTypes(plan);
        participation.BeginAgain();
        if (participation.HasGivenUp())
        {
            throw new OperationCanceledException("The caller gave up before its code ran. Nothing was stored.", participation.CancellationToken);
        }

        await session.StoreUncommitted(plan, _newTypes, default).ConfigureAwait(false);
        try
        {
            await session.Share((connection, transaction) => participation.Run(connection, transaction, append.AppendId, participationTime, clock)).ConfigureAwait(false);
        }
        catch (StuckParticipantException stuck)
        {
            await session.Abandon(stuck.Work).ConfigureAwait(false);
            throw new ParticipantException(stuck.Timeout);
        }

        if (!participation.TryBeginCommit())
        {
            throw new OperationCanceledException("The caller gave up before the commit. Nothing was stored.", participation.CancellationToken);
        }

        await session.CommitShared(append.AppendId, default).ConfigureAwait(false);
        _newTypes.Clear();
    }

    private void NoteNewTypes(AppendPlan plan)
    {
        _newTypes.Clear();
        foreach (var e in plan.Events)
        {
            if (_knownTypes.Add(Key(e.Event.Type)))
            {
                _newTypes.Add(e.Event.Type);
            }
        }
    }

    // The head that a commit left stands for all the stream heads read or written on the way.
    private void Remember(AppendPlan plan)
    {
        for (var i = 0; i < plan.Events.Count; i++)
        {
            var e = plan.Events[i];
            _readHeads[e.StreamId.ToString()] = new StreamHead(e.Version, e.Event.Type.Family);
        }

        foreach (var (stream, head) in _readHeads)
        {
            if (head != default)
            {
                _streamHeads.Set(stream, head);
            }
        }

        _headLeft = plan.Head;
    }

    private void Forget()
    {
        _headLeft = null;
        _streamHeads.Clear();
        foreach (var type in _newTypes)
        {
            _knownTypes.Remove(Key(type));
        }

        _newTypes.Clear();
    }

    private AppendPlan Plan(JournalHead head, IReadOnlyList<QueuedAppend> batch, Func<PreparedAppend, IReadOnlyList<StoredRow>> storedBefore)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            _prepared.Add(batch[i].Append);
        }

        try
        {
            return AppendPlanner.Plan(head, _prepared, _readHead ??= stream => _readHeads.GetValueOrDefault(stream), storedBefore);
        }
        finally
        {
            // They may be long, and the list is kept.
            _prepared.Clear();
        }
    }

    private static (string Family, string Name, int SchemaVersion) Key(StoredEventType type) => (type.Family, type.Name, type.SchemaVersion);

    private void Answer(IReadOnlyList<QueuedAppend> batch, AppendPlan plan)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (plan.Outcomes[i].Result is { } result)
            {
                Answer(batch[i], result, batch.Count == 1);
            }
            else
            {
                Count(plan.Outcomes[i].Error!);
                batch[i].Fail(plan.Outcomes[i].Error!);
            }
        }
    }

    private void Answer(QueuedAppend append, AppendResult result, bool isAlone)
    {
        if (!isAlone || !LeavesOneUntold)
        {
            append.Succeed(result);
        }
        else if (append.SucceedUntold(result))
        {
            _untold?.TellElsewhere();
            _untold = append;
        }
    }

    private void Count(Exception refusal)
    {
        if (refusal is WrongExpectedVersionException)
        {
            _metrics.Conflicted();
        }
        else
        {
            _metrics.Failed(refusal);
        }
    }

    // What the caller's code threw is the caller's alone: it is neither tried again nor put into other words.
    private static Failure? OfCaller(Exception error) => error is ParticipantException { InnerException: { } thrown } ? new Failure(thrown, HitsEveryAppend: false) { IsOfCaller = true } : null;

    private sealed record Failure(Exception Error, bool HitsEveryAppend)
    {
        public bool IsOfCaller { get; init; }
    }
}
