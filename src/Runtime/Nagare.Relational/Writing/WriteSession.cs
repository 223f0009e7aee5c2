namespace Nagare.Storage;

/// <summary>One connection that writes, as a database provides it. Used by one caller at a time.</summary>
/// <remarks>
/// Methods throw <see cref="JournalBusyException"/>, <see cref="JournalUnavailableException"/> or <see cref="KeyViolationException"/>
/// and leave it to the caller to call <see cref="Reset"/>, after which the session can be used again, on a new connection. A provider
/// whose client blocks returns completed tasks.
/// </remarks>
public abstract class WriteSession : IAsyncDisposable
{
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

    /// <summary>Advances the head, where the database keeps one beside the events, and commits. When it throws, the outcome is not known to the caller.</summary>
    public abstract ValueTask Commit(JournalHead head, CancellationToken cancellationToken);

    /// <summary>Ends the transaction without storing anything.</summary>
    public abstract ValueTask Rollback(CancellationToken cancellationToken);

    /// <summary>After a failure: closes the connection, and with it the transaction. The next <see cref="Begin"/> connects anew. Does not throw.</summary>
    public abstract ValueTask Reset();

    /// <summary>Closes the connection.</summary>
    public abstract ValueTask DisposeAsync();
}
