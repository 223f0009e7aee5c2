using System.Data.Common;

namespace Nagare;

/// <summary>The append-only record of everything: streams of events, one order over all of them.</summary>
/// <remarks>
/// Every call checks its arguments and the <see cref="JournalLimits"/> before any database. An append is acknowledged after its
/// commit. Cancelling an append that is still queued withdraws it; one that is being written ends in
/// <see cref="AppendOutcomeUnknownException"/>, and <see cref="FindAppend"/> tells later what became of it.
/// </remarks>
public interface IJournal
{
    /// <summary>Stores events at the end of one stream.</summary>
    /// <exception cref="WrongExpectedVersionException">The stream is not as expected; nothing was stored.</exception>
    /// <exception cref="JournalException">Any other reason for which nothing was stored, or <see cref="AppendOutcomeUnknownException"/>.</exception>
    /// <exception cref="EventModelException">No registered model knows the type of an event, or the stream holds another family.</exception>
    ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default);

    /// <summary>Stores events at the end of one stream, with metadata for all of them.</summary>
    /// <inheritdoc cref="Append(StreamId, ExpectedVersion, IReadOnlyList{object}, CancellationToken)"/>
    ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken = default);

    /// <summary>Stores events of one or several streams at once: all or nothing.</summary>
    /// <exception cref="AppendIdReusedException">The append id was used for other events.</exception>
    /// <inheritdoc cref="Append(StreamId, ExpectedVersion, IReadOnlyList{object}, CancellationToken)"/>
    ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores events inside the caller's own transaction on the journal's database: they are there once the caller commits, and never were
    /// if it rolls back. The expensive way: from this call until that commit no other writer of the journal gets on.
    /// </summary>
    /// <remarks>
    /// The transaction is of the provider's own kind (<c>NpgsqlTransaction</c>, <c>SqliteTransaction</c> and so on), still open, and its isolation is
    /// READ COMMITTED; on SQLite, which has one writer at a time, SERIALIZABLE, which is its default. A call that throws leaves nothing of itself in the
    /// transaction, which can go on. The answer holds once the transaction is committed; until then <see cref="FindAppend"/> knows nothing of it.
    /// Do not wait for another append to the same journal before the commit: it would wait for yours.
    /// </remarks>
    /// <exception cref="JournalTransactionException">The transaction has ended, is of another database or isolation level, or the storage cannot share one.</exception>
    /// <exception cref="JournalBusyException">Another writer held the journal for longer than the busy time-out.</exception>
    /// <exception cref="ArgumentException">The request has <see cref="AppendRequest.Participate"/>: whoever has the transaction runs such code in it anyway.</exception>
    /// <inheritdoc cref="Append(AppendRequest, CancellationToken)"/>
    ValueTask<AppendResult> AppendIn(DbTransaction transaction, AppendRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stores events of one stream inside the caller's own transaction on the journal's database.</summary>
    /// <inheritdoc cref="AppendIn(DbTransaction, AppendRequest, CancellationToken)"/>
    ValueTask<AppendResult> AppendIn(DbTransaction transaction, StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default);

    /// <summary>What became of an append: its result where it was stored, otherwise null. Final once the append is no longer in flight.</summary>
    ValueTask<AppendResult?> FindAppend(Guid appendId, CancellationToken cancellationToken = default);

    /// <summary>Reads the events of a scope, oldest first: by occurred time where the scope has such a range, otherwise by position.</summary>
    /// <exception cref="UnknownEventException">A stored type or schema version is not known here and the policy is to fail.</exception>
    /// <exception cref="EventFormatException">A stored payload does not fit its type.</exception>
    /// <exception cref="UpcastException">An upcaster threw.</exception>
    IAsyncEnumerable<Envelope> Read(JournalScope scope, CancellationToken cancellationToken = default);

    /// <summary>Reads the events of a scope in either direction.</summary>
    /// <inheritdoc cref="Read(JournalScope, CancellationToken)"/>
    IAsyncEnumerable<Envelope> Read(JournalScope scope, ReadDirection direction, CancellationToken cancellationToken = default);

    /// <summary>Reads one event by its id; null where there is none, or where an upcaster leaves nothing of it. Of an event that an upcaster splits, its first part.</summary>
    /// <exception cref="UnknownEventException">Its type or schema version is not known here and the policy is to fail.</exception>
    /// <exception cref="EventFormatException">Its payload does not fit its type.</exception>
    /// <exception cref="UpcastException">Its upcaster threw.</exception>
    ValueTask<Envelope?> Find(Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>The position of the newest event; 0 for an empty journal.</summary>
    ValueTask<Position> Head(CancellationToken cancellationToken = default);
}
