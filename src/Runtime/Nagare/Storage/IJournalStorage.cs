using System.Data.Common;

namespace Nagare.Storage;

/// <summary>The journal as a database keeps it: bytes in, the same bytes out. What a provider implements.</summary>
/// <remarks>
/// Everything is prepared before it gets here: payloads encoded, ids made, hashes taken, limits checked. A provider assigns versions,
/// positions and the recorded time (see <see cref="AppendPlanner"/>), and guarantees what <c>Nagare.Testing</c>'s conformance suite checks.
/// </remarks>
public interface IJournalStorage : IAsyncDisposable
{
    /// <summary>
    /// Opens the journal: creates its tables where options say so and they are missing, checks their format and the engine's version.
    /// Called once before anything else, never on the data path. A second call does nothing.
    /// </summary>
    /// <exception cref="JournalSchemaException">The tables are missing, or of another format version.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be reached, or its engine is too old.</exception>
    ValueTask Open(CancellationToken cancellationToken);

    /// <summary>Stores an append, all or nothing, and answers after the commit.</summary>
    /// <inheritdoc cref="IJournal.Append(AppendRequest, CancellationToken)"/>
    ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an append in a transaction of its own, in which the caller's code takes part: after the events, before the commit, and only where
    /// events are stored. A storage without transactions that it could share refuses, as here.
    /// </summary>
    /// <exception cref="JournalTransactionException">The storage cannot share a transaction.</exception>
    /// <exception cref="ParticipationTimeoutException">The code took too long; nothing was stored.</exception>
    /// <inheritdoc cref="IJournal.Append(AppendRequest, CancellationToken)"/>
    ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken) =>
        throw new JournalTransactionException($"{GetType()} has no transaction in which code could take part. Nothing was stored; keep the journal in a database, or do the work beside the append.");

    /// <summary>Stores an append inside the caller's transaction. A storage without transactions that it could share refuses, as here.</summary>
    /// <inheritdoc cref="IJournal.AppendIn(DbTransaction, AppendRequest, CancellationToken)"/>
    ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken) =>
        throw new JournalTransactionException($"{GetType()} cannot append in a transaction of its caller. Nothing was stored; keep the journal in a database, or append on its own.");

    /// <summary>
    /// Reads events along one path into a sink, at most <see cref="StoredQuery.Limit"/> of them, in key order. Returns how many were given to it.
    /// Stops early, and counts the event, when the sink says it has enough.
    /// </summary>
    ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken);

    /// <summary>The newest position with its recorded time; zeroes for an empty journal.</summary>
    ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken);

    /// <summary>What the journal says about the event types it holds, in ordinal order of family, name and version.</summary>
    ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken);

    /// <summary>
    /// Fills an empty journal with rows that keep their positions (dense, from 1), versions, ids and times, and its types, in one
    /// transaction, and records the restore beside the journal. An error that the rows throw goes to the caller and leaves the journal
    /// empty. The links of a row's further causes are those in its <see cref="StoredMetadata"/>.
    /// </summary>
    /// <exception cref="RestoreException">The journal is not empty, or positions or versions are not dense.</exception>
    ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken);

    /// <summary>
    /// The newest snapshot that <see cref="WriteSnapshot"/> was given for a stream and an aggregate, with the id of the event that stands at its version now; null
    /// for none. A storage that keeps no snapshots has none, as here.
    /// </summary>
    ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => new((FoundSnapshot?)null);

    /// <summary>
    /// Keeps a snapshot in the place of the one before it, outside any append. It may be lost, and whoever reads it believes it no further than the
    /// journal bears it out. A storage that keeps no snapshots does nothing, as here.
    /// </summary>
    ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken) => default;

    /// <summary>The restores this journal was filled by, oldest first.</summary>
    ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken);

    /// <summary>What the database is called in telemetry: OpenTelemetry's <c>db.system.name</c>.</summary>
    string SystemName => "other";

    /// <summary>Whether appends wait for room in front of the writer, so that what is encoded now would wait in memory. Costs next to nothing.</summary>
    bool IsFull => false;

    /// <summary>Stores an append that is encoded only when there is room for it; first come, first served.</summary>
    /// <param name="prepare">Encodes it. Called once, or not at all where the call is cancelled or the journal closed before.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <inheritdoc cref="Append(PreparedAppend, CancellationToken)"/>
    ValueTask<AppendResult> AppendInTurn(Func<PreparedAppend> prepare, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        return Append(prepare(), cancellationToken);
    }

    /// <summary>
    /// Looks at the database and says what is wrong with it, in plain words. The journal need not be open, and nothing is changed. What cannot be reached
    /// or read is a finding, not an error.
    /// </summary>
    /// <param name="depth">How much to look at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<IReadOnlyList<JournalFinding>> Examine(ExaminationDepth depth, CancellationToken cancellationToken) => new([]);
}

/// <summary>The end of a journal.</summary>
/// <param name="Position">The newest position; 0 for an empty journal.</param>
/// <param name="RecordedAt">Its recorded time in Unix microseconds; 0 for an empty journal.</param>
public readonly record struct JournalHead(long Position, long RecordedAt);

/// <summary>That a journal was filled from an export.</summary>
/// <param name="RestoredAt">When, in Unix microseconds.</param>
/// <param name="Source">Where from, as the caller names it.</param>
/// <param name="LastPosition">The last position restored.</param>
public sealed record RestoreRecord(long RestoredAt, string Source, long LastPosition);

/// <summary>What a journal keeps about an event type it holds.</summary>
/// <param name="Family">The stored family name.</param>
/// <param name="Name">The stored type name.</param>
/// <param name="SchemaVersion">The schema version, from 1.</param>
/// <param name="Schema">Its members; see <see cref="EventType.Schema"/>.</param>
/// <param name="Template">Its explanation templates, or null.</param>
public sealed record StoredEventType(string Family, string Name, int SchemaVersion, string Schema, ExplanationTemplate? Template);
