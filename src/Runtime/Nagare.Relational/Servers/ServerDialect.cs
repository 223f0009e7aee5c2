using System.Data.Common;

namespace Nagare.Storage;

/// <summary>What differs from one database server to the next: how to connect, what to say, how to read a value, what an error means.</summary>
/// <remarks>
/// A provider is a dialect, a <see cref="ServerWriteSession"/> and a <see cref="ServerJournal"/>; all else is here once. Statements give events
/// in the columns of <see cref="ServerEventRow"/>.
/// </remarks>
public abstract class ServerDialect
{
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

    /// <summary>Reads a text of at most a few hundred bytes that comes again and again.</summary>
    public virtual string ReadText(DbDataReader row, int column, Utf8Interner texts)
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
