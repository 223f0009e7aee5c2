namespace Nagare.Storage;

/// <summary>Commits batches of appends: one transaction each, every caller answered after its commit.</summary>
/// <remarks>
/// The order inside the transaction is design: the head is locked and read; then, in statements of their own, stream heads and append
/// ids; the planner numbers the winners; they are inserted and counted; the head advances; all of it commits. A batch that fails is
/// tried again append by append, each once and alone, so that a bad append fails nobody but its caller.
/// </remarks>
internal sealed class BatchWriter(WriteSession session)
{
    // About 2 MB of ids and nodes; a host with more active streams than that pays one index seek for each it comes back to.
    private const int MaxCachedStreamHeads = 16_384;

    private readonly StreamHeadCache _streamHeads = new(MaxCachedStreamHeads);
    private readonly Dictionary<string, StreamHead> _readHeads = new(StringComparer.Ordinal);
    private readonly Dictionary<PreparedAppend, IReadOnlyList<StoredRow>> _readAppends = [];
    private readonly HashSet<(string Family, string Name, int SchemaVersion)> _knownTypes = [];
    private readonly List<StoredEventType> _newTypes = [];
    private readonly QueuedAppend[] _one = new QueuedAppend[1];
    private JournalHead? _headLeft;

    /// <summary>Stores a batch and answers every append in it. Returns whether the database could be written at all.</summary>
    public async ValueTask<bool> Write(IReadOnlyList<QueuedAppend> batch)
    {
        if (await TryWrite(batch).ConfigureAwait(false) is not { } failure)
        {
            return true;
        }

        if (batch.Count == 1 || failure.HitsEveryAppend)
        {
            FailAll(batch, failure.Error);
            return !failure.HitsEveryAppend;
        }

        foreach (var append in batch)
        {
            _one[0] = append;
            if (await TryWrite(_one).ConfigureAwait(false) is { } own)
            {
                append.Fail(own.Error is KeyViolationException violation ? KeyRefused(append.Append, violation) : own.Error);
            }
        }

        return true;
    }

    /// <summary>Fails appends of which nothing was stored.</summary>
    public static void FailAll(IReadOnlyList<QueuedAppend> batch, Exception error)
    {
        foreach (var append in batch)
        {
            append.Fail(error is KeyViolationException violation ? KeyRefused(append.Append, violation) : error);
        }
    }

    // Null where all were answered; otherwise why nothing of the batch was stored.
    private async ValueTask<Failure?> TryWrite(IReadOnlyList<QueuedAppend> batch)
    {
        AppendPlan? plan = null;
        var stage = Stage.Beginning;
        try
        {
            var head = await session.Begin(default).ConfigureAwait(false);
            stage = Stage.Writing;
            plan = await Plan(head, batch).ConfigureAwait(false);
            if (plan.Events.Count == 0)
            {
                await session.Rollback(default).ConfigureAwait(false);
                _headLeft = head;
            }
            else
            {
                await Insert(plan).ConfigureAwait(false);
                stage = Stage.Committing;
                await session.Commit(plan.Head, default).ConfigureAwait(false);
                Remember(plan);
            }
        }
        catch (Exception error)
        {
            // The writer's outermost edge: whatever went wrong is the callers' to hear, and the next batch starts afresh.
            Forget();
            await session.Reset().ConfigureAwait(false);
            if (stage != Stage.Committing)
            {
                return new Failure(error, HitsEveryAppend: stage == Stage.Beginning || error is JournalBusyException);
            }

            return await ResolveCommit(batch, plan!, error).ConfigureAwait(false);
        }

        Answer(batch, plan);
        return null;
    }

    private async ValueTask<AppendPlan> Plan(JournalHead head, IReadOnlyList<QueuedAppend> batch)
    {
        if (_headLeft != head)
        {
            _streamHeads.Clear();
        }

        await ReadStreamHeads(batch).ConfigureAwait(false);
        _readAppends.Clear();
        var appends = new PreparedAppend[batch.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            var append = appends[i] = batch[i].Append;
            if (append.IsIdGiven && append.EventCount > 0)
            {
                // One more than it has, so that an id which stored more events than came now is seen to differ.
                _readAppends[append] = await session.ReadAppend(append.AppendId, append.EventCount + 1, default).ConfigureAwait(false);
            }
        }

        return AppendPlanner.Plan(head, appends, stream => _readHeads.GetValueOrDefault(stream), append => _readAppends.GetValueOrDefault(append, []));
    }

    private async ValueTask ReadStreamHeads(IReadOnlyList<QueuedAppend> batch)
    {
        _readHeads.Clear();
        List<string>? missing = null;
        foreach (var append in batch)
        {
            foreach (var stream in append.Append.Streams)
            {
                var id = stream.StreamId.ToString();
                if (_readHeads.ContainsKey(id))
                {
                    continue;
                }

                _readHeads.Add(id, _streamHeads.TryGet(id, out var known) ? known : default);
                if (known == default)
                {
                    (missing ??= []).Add(id);
                }
            }
        }

        if (missing is not null)
        {
            await session.ReadStreamHeads(missing, _readHeads, default).ConfigureAwait(false);
        }
    }

    private async ValueTask Insert(AppendPlan plan)
    {
        _newTypes.Clear();
        foreach (var e in plan.Events)
        {
            var type = e.Event.Type;
            if (_knownTypes.Add((type.Family, type.Name, type.SchemaVersion)))
            {
                _newTypes.Add(type);
            }
        }

        if (_newTypes.Count > 0)
        {
            await session.InsertTypes(_newTypes, default).ConfigureAwait(false);
        }

        var inserted = await session.Insert(plan.Events, default).ConfigureAwait(false);
        if (inserted != plan.Events.Count)
        {
            throw new JournalUnavailableException(
                $"The database reports {inserted} rows inserted where {plan.Events.Count} events were given to it. Nothing was stored; look for triggers or rules on nagare_events that are not Nagare's.");
        }
    }

    // The head that a commit left stands for all the stream heads read or written on the way.
    private void Remember(AppendPlan plan)
    {
        foreach (var e in plan.Events)
        {
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
            _knownTypes.Remove((type.Family, type.Name, type.SchemaVersion));
        }

        _newTypes.Clear();
    }

    // The commit was sent and its answer is missing. The append ids tell what became of it; one transaction, so all or nothing.
    private async ValueTask<Failure?> ResolveCommit(IReadOnlyList<QueuedAppend> batch, AppendPlan plan, Exception error)
    {
        bool stored;
        try
        {
            await session.Begin(default).ConfigureAwait(false);
            var first = plan.Events[0].Event.EventId;
            stored = (await session.ReadAppend(first, 1, default).ConfigureAwait(false)).Count > 0;
            await session.Rollback(default).ConfigureAwait(false);
        }
        catch (Exception lookup)
        {
            // Still the outermost edge: nobody can say, and saying so is the answer.
            await session.Reset().ConfigureAwait(false);
            FailUnknown(batch, plan, new AggregateException(error, lookup));
            return null;
        }

        if (stored)
        {
            Answer(batch, plan);
            return null;
        }

        return new Failure(error, HitsEveryAppend: false);
    }

    private static void FailUnknown(IReadOnlyList<QueuedAppend> batch, AppendPlan plan, AggregateException error)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (plan.Outcomes[i].Result is { WasStoredBefore: true } before && before.FirstPosition.Value < plan.Events[0].Position)
            {
                batch[i].Succeed(before);
            }
            else if (plan.Outcomes[i].Result is null)
            {
                // A loser stored nothing whatever became of the winners; but it may have lost against one that was not stored.
                batch[i].Fail(new JournalUnavailableException("The batch's commit failed. Nothing was stored of this append.", error));
            }
            else
            {
                batch[i].Fail(new AppendOutcomeUnknownException(batch[i].Append.AppendId, "its commit failed and the journal could not be asked what became of it", error));
            }
        }
    }

    private static void Answer(IReadOnlyList<QueuedAppend> batch, AppendPlan plan)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (plan.Outcomes[i].Result is { } result)
            {
                batch[i].Succeed(result);
            }
            else
            {
                batch[i].Fail(plan.Outcomes[i].Error!);
            }
        }
    }

    // Under the head's lock only an id that overlaps another append's ids comes as far as a key.
    private static JournalException KeyRefused(PreparedAppend append, KeyViolationException violation) => append.IsIdGiven
        ? new AppendIdReusedException(append.AppendId, "one of its event ids belongs to another append")
        : new JournalUnavailableException($"A unique key refused what the journal's head allowed: {violation.Message}. Nothing was stored; the head and the events disagree.", violation);

    private enum Stage
    {
        Beginning,
        Writing,
        Committing,
    }

    private sealed record Failure(Exception Error, bool HitsEveryAppend);
}
