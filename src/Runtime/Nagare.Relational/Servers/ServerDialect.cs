using System.Data;
using System.Data.Common;

namespace Nagare.Storage;

/// <summary>What differs from one database server to the next: how to connect, what to say, how to read a value, what an error means.</summary>
/// <remarks>
/// A provider is a dialect, a <see cref="ServerWriteSession"/> and a <see cref="ServerJournal"/>; all else is here once. Statements give events
/// in the columns of <see cref="ServerEventRow"/>.
/// </remarks>
public abstract class ServerDialect
{
    private const string ReadCommitted = "read committed";

    private volatile string? _knownPlace;

    /// <summary>What the database is called: <c>PostgreSQL</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the database is called in telemetry: OpenTelemetry's <c>db.system.name</c>.</summary>
    public virtual string SystemName => Name.ToLowerInvariant();

    /// <summary>Where the journal is, as errors and logs name it: never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>How long a write waits for another process.</summary>
    public abstract TimeSpan BusyTimeout { get; }

    /// <summary>The tables, as statements and questions.</summary>
    public abstract ServerTables Tables { get; }

    /// <summary>What the table of events is called in a statement that no dialect says in words of its own.</summary>
    public virtual string EventsTable => "nagare_events";

    /// <summary>Opens a connection on which every statement of this dialect means what it says, whatever the role or the server has as defaults.</summary>
    public abstract ValueTask<DbConnection> Connect(ServerConnectionUse use, CancellationToken cancellationToken);

    /// <summary>Checks, when a journal is opened, that the server is one on which a journal keeps its promises. Returns its version for the log.</summary>
    /// <exception cref="JournalUnavailableException">It is too old, or set so that it loses data.</exception>
    /// <exception cref="JournalSchemaException">The database cannot hold a journal.</exception>
    public abstract ValueTask<string> CheckServer(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Says what is wrong with the server and this role, where only its own words tell: durability, read-only, and, unless only settings are asked for,
    /// connections and rights. Tables and events are looked at for it.
    /// </summary>
    /// <param name="connection">A connection for <see cref="ServerConnectionUse.Schema"/>.</param>
    /// <param name="depth">How much to look at.</param>
    /// <param name="connections">How many connections the journal may open.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public virtual ValueTask<IReadOnlyList<JournalFinding>> Examine(DbConnection connection, ExaminationDepth depth, int connections, CancellationToken cancellationToken) => new([]);

    /// <summary>Says what an error of the database means.</summary>
    public abstract ServerFailure Classify(DbException failure);

    /// <summary>Makes the command of one path, direction and set of columns, with its parameters.</summary>
    public abstract DbCommand CreateRead(DbConnection connection, StoredPath path, ReadDirection direction, StoredDetail detail);

    /// <summary>Gives a query's values to a command that <see cref="CreateRead"/> made for it.</summary>
    public abstract void Bind(DbCommand command, in StoredQuery query);

    /// <summary>Reads the head: position, recorded time.</summary>
    public abstract string ReadHead { get; }

    /// <summary>Reads the types: family, name, schema version, schema, template.</summary>
    public abstract string ReadTypes { get; }

    /// <summary>Reads the restores, oldest first: restored at, source, last position.</summary>
    public abstract string ReadRestores { get; }

    /// <summary>Runs a statement and gives its rows, for what <see cref="Examine"/> asks.</summary>
    protected static ValueTask<IReadOnlyList<object?[]>> Query(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ServerExamination.Query(connection, sql, cancellationToken);
    }

    /// <summary>Reads rows of a tree of proofs in the order of their index: index, bytes. Parameters: <c>@tree</c>, <c>@level</c>, <c>@first</c>, <c>@limit</c>.</summary>
    public abstract string ReadTreeRows { get; }

    /// <summary>Reads the highest index of a tree's level, null where there is none. Parameters: <c>@tree</c>, <c>@level</c>.</summary>
    public abstract string ReadLastTreeIndex { get; }

    /// <summary>Stores a row of a tree unless it is there. Parameters: <c>@tree</c>, <c>@level</c>, <c>@ordinal</c>, <c>@bytes</c>.</summary>
    public abstract string StoreTreeRow { get; }

    /// <summary>
    /// Makes the command that reads a stream's snapshot of an aggregate, with its parameters: version, position, recorded at, event id, schema hash, checksum, data, and
    /// the id of the event that the stream holds at that version now, or null.
    /// </summary>
    public abstract DbCommand CreateReadSnapshot(DbConnection connection, string stream, string aggregate);

    /// <summary>Makes the command that keeps a snapshot in the place of the one before it, with its parameters.</summary>
    public abstract DbCommand CreateWriteSnapshot(DbConnection connection, StoredSnapshot snapshot);

    /// <summary>
    /// Makes the server end the session behind a connection that some other thread may be using, by a connection of its own. Where a role may not, the session ends
    /// when its connection is closed.
    /// </summary>
    public virtual ValueTask EndSession(DbConnection stuck, CancellationToken cancellationToken) => default;

    /// <summary>Whether a transaction is of this database's client.</summary>
    public abstract bool IsOwn(DbTransaction transaction);

    /// <summary>
    /// Gives one row of two texts: what no other place than this journal's tables on this server gives, and the isolation of the current transaction in
    /// lower case; null where only the client knows it.
    /// </summary>
    public abstract string ReadPlace { get; }

    /// <summary>Checks that a caller's transaction is on this journal's own database and READ COMMITTED.</summary>
    /// <exception cref="JournalTransactionException">It is not.</exception>
    internal async ValueTask CheckBorrowed(DbTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var (place, isolation) = await ReadPlaceOf(transaction.Connection!, transaction, cancellationToken).ConfigureAwait(false);
            if ((isolation is null ? transaction.IsolationLevel != IsolationLevel.ReadCommitted : isolation != ReadCommitted))
            {
                throw new JournalTransactionException(
                    $"The transaction in which the journal in {Place} should append is {isolation ?? transaction.IsolationLevel.ToString()}; it has to be READ COMMITTED, because it must see what was committed while it waited for the head. Nothing was stored; begin it with IsolationLevel.ReadCommitted.");
            }

            // A server that was restarted is another one by this text, so the journal's own is read again before it says no.
            if (place != _knownPlace && place != (_knownPlace = await ReadOwnPlace(cancellationToken).ConfigureAwait(false)))
            {
                throw new JournalTransactionException($"The transaction in which the journal in {Place} should append is on another server or database. Nothing was stored; begin it where the journal is.");
            }
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(this, failure);
        }
    }

    private async ValueTask<string> ReadOwnPlace(CancellationToken cancellationToken)
    {
        var connection = await Connect(ServerConnectionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return (await ReadPlaceOf(connection, null, cancellationToken).ConfigureAwait(false)).Place;
        }
    }

    private async ValueTask<(string Place, string? Isolation)> ReadPlaceOf(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = ReadPlace;
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellationToken).ConfigureAwait(false);
                return (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1));
            }
        }
    }

    /// <summary>Reads a text of at most a few hundred bytes that comes again and again.</summary>
    public virtual string ReadText(DbDataReader row, int column, Utf8Interner texts)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.GetString(column);
    }

    /// <summary>Reads a text that hardly comes twice, or is long.</summary>
    public virtual string ReadLongText(DbDataReader row, int column)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.GetString(column);
    }

    /// <summary>Reads an event id; 16 bytes, big-endian, unless the database has a type of its own for it.</summary>
    public virtual Guid ReadEventId(DbDataReader row, int column)
    {
        ArgumentNullException.ThrowIfNull(row);
        Span<byte> bytes = stackalloc byte[16];
        var value = row.GetFieldValue<byte[]>(column);
        return value.Length == bytes.Length
            ? new Guid(value, bigEndian: true)
            : throw new JournalUnavailableException($"An event of the journal in {Place} has an id of {value.Length} bytes, not {bytes.Length}: no journal wrote that row. Find out who did, and restore from an export or a backup.");
    }
}

/// <summary>What a connection is for.</summary>
public enum ServerConnectionUse
{
    /// <summary>Reading pages.</summary>
    Read,

    /// <summary>Writing events.</summary>
    Write,

    /// <summary>Creating, upgrading or checking tables.</summary>
    Schema,
}
