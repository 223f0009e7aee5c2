using System.Data.Common;

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
    /// the check and the insertion are one transaction. Returns false, with nothing stored and no transaction open, where they do not, and where
    /// the key of something inserted is there already.
    /// </summary>
    public virtual ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken) => new(false);

    /// <summary>Whether a caller's code can take part in this session's transactions, and the session in a caller's.</summary>
    public virtual bool CanShare => false;

    /// <summary>What <see cref="Store"/> does, without the commit. The transaction was begun by <see cref="WriteQuestions.IsShared"/>, or is borrowed.</summary>
    public virtual async ValueTask StoreUncommitted(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(newTypes);
        if (newTypes.Count > 0)
        {
            await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        }

        CheckInserted(await Insert(plan.Events, cancellationToken).ConfigureAwait(false), plan.Events.Count);
    }

    /// <summary>Hands the connection and its transaction to a caller's code. What the code did to the session otherwise is undone by <see cref="CommitShared"/>.</summary>
    public virtual ValueTask Share(Func<DbConnection, DbTransaction, ValueTask> use) => throw NotShared();

    /// <summary>
    /// Makes sure that the transaction still is the one in which the append was stored, and commits it; afterwards nothing that the caller's code
    /// set on the connection is left.
    /// </summary>
    /// <exception cref="JournalTransactionException">The caller's code ended the transaction, and the append is not stored.</exception>
    public virtual ValueTask CommitShared(Guid appendId, CancellationToken cancellationToken) => throw NotShared();

    /// <summary>
    /// Leaves the connection to code that holds it although its time is over, and makes the database end its transaction now, without waiting for the code. Does not throw.
    /// </summary>
    /// <param name="holder">The code; whatever it does with the connection fails from now on.</param>
    public virtual ValueTask Abandon(Task holder) => Reset();

    /// <summary>
    /// Takes a caller's transaction for the session's own until <see cref="GiveBack"/>, so that what follows happens in it. Where it throws, nothing is taken.
    /// </summary>
    /// <exception cref="JournalTransactionException">It has ended, or is of another database or isolation level.</exception>
    public virtual ValueTask Borrow(DbTransaction transaction, CancellationToken cancellationToken) => throw NotShared();

    /// <summary>Returns the borrowed transaction with its settings as they were. Without keeping, as if nothing had been done in it.</summary>
    public virtual ValueTask GiveBack(bool keepsWork, CancellationToken cancellationToken) => throw NotShared();

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

    private static NotSupportedException NotShared() => new($"A session that says no to {nameof(CanShare)} is not asked to share.");
}
