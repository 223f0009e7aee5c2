namespace Nagare.Storage;

/// <summary>One connection that writes, as a database provides it. Used by one caller at a time.</summary>
/// <remarks>
/// Methods throw <see cref="JournalBusyException"/>, <see cref="JournalUnavailableException"/>, <see cref="KeyViolationException"/> or
/// <see cref="TransientFailureException"/> and leave it to the caller to call <see cref="Reset"/>, after which the session can be used
/// again, on a new connection. A provider whose client blocks returns completed tasks. <see cref="Ask"/>, <see cref="Store"/> and
/// <see cref="StoreAtOnce"/> are for databases to which each call is a trip over the network; the others need none of them.
/// </remarks>
public abstract class WriteSession : IAsyncDisposable
{
    /// <summary>
    /// Whether a commit was sent since the last <see cref="Begin"/>: what fails from then on may have been stored all the same, unless it is a
    /// <see cref="KeyViolationException"/> or a <see cref="JournalBusyException"/>, by which the database says that it was not.
    /// </summary>
    public bool MayHaveCommitted { get; protected set; }

    /// <summary>Whether <see cref="StoreAtOnce"/> is implemented.</summary>
    public virtual bool CanStoreAtOnce => false;

    /// <summary>Begins a transaction that holds the journal's head, and reads the head as it was committed last.</summary>
    public abstract ValueTask<JournalHead> Begin(CancellationToken cancellationToken);

    /// <summary>Reads where streams stand, in a statement begun after the head was locked. Streams that do not exist are left out.</summary>
    public abstract ValueTask ReadStreamHeads(IReadOnlyList<string> streams, IDictionary<string, StreamHead> heads, CancellationToken cancellationToken);

    /// <summary>Reads the rows whose event ids count on from an append's id without a hole, at most as many as asked for.</summary>
    public abstract ValueTask<IReadOnlyList<StoredRow>> ReadAppend(Guid appendId, int limit, CancellationToken cancellationToken);

    /// <summary>Keeps what describes event types; those that are kept already stay as they are.</summary>
    public abstract ValueTask InsertTypes(IReadOnlyList<StoredEventType> types, CancellationToken cancellationToken);

    /// <summary>Inserts events and the links to their further causes. Returns how many events the database says it inserted.</summary>
    public abstract ValueTask<int> Insert(IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken);

    /// <summary>Records a restore.</summary>
    public abstract ValueTask InsertRestore(RestoreRecord record, CancellationToken cancellationToken);

    /// <summary>Stores rows of the tree of proofs that are not there yet, outside any transaction that was begun. Takes no lock on the head.</summary>
    public abstract ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken);

    /// <summary>Advances the head, where the database keeps one beside the events, and commits. When it throws, the outcome is not known to the caller.</summary>
    public abstract ValueTask Commit(JournalHead head, CancellationToken cancellationToken);

    /// <summary>Ends the transaction without storing anything.</summary>
    public abstract ValueTask Rollback(CancellationToken cancellationToken);

    /// <summary>After a failure: closes the connection, and with it the transaction. The next <see cref="Begin"/> connects anew. Does not throw.</summary>
    public abstract ValueTask Reset();

    /// <summary>Closes the connection.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Begins as <see cref="Begin"/> does and reads all that a batch needs, in one trip where the database can.</summary>
    public virtual async ValueTask<WriteAnswers> Ask(WriteQuestions questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        MayHaveCommitted = false;
        var head = await Begin(cancellationToken).ConfigureAwait(false);
        var heads = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        if (questions.Streams.Count > 0)
        {
            await ReadStreamHeads(questions.Streams, heads, cancellationToken).ConfigureAwait(false);
        }

        var appends = new IReadOnlyList<StoredRow>[questions.Appends.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            appends[i] = await ReadAppend(questions.Appends[i].AppendId, questions.Appends[i].Limit, cancellationToken).ConfigureAwait(false);
        }

        return new WriteAnswers(head, heads, appends);
    }

    /// <summary>Stores a plan's events with the types that are new, and commits, in one trip where the database can. Nothing is committed unless every event was inserted.</summary>
    public virtual async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(newTypes);
        if (newTypes.Count > 0)
        {
            await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        }

        CheckInserted(await Insert(plan.Events, cancellationToken).ConfigureAwait(false), plan.Events.Count);
        MayHaveCommitted = true;
        await Commit(plan.Head, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stores a plan in a single trip without having begun, provided that the head still is where the assumptions say and that they hold;
    /// the check and the insertion are one transaction. Returns false, with nothing stored and no transaction open, where they do not.
    /// </summary>
    public virtual ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken) => new(false);

    /// <summary>Compares what a database says it inserted with what was given to it.</summary>
    /// <exception cref="JournalUnavailableException">They differ.</exception>
    protected static void CheckInserted(long inserted, int given)
    {
        if (inserted != given)
        {
            throw new JournalUnavailableException(
                $"The database reports {inserted} rows inserted where {given} events were given to it. Nothing was stored; look for triggers or rules on nagare_events that are not Nagare's.");
        }
    }
}
