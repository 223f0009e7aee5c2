using System.Data.Common;
using System.Globalization;
using MySqlConnector;

namespace Nagare.Storage;

/// <summary>What a journal says to MySQL and MariaDB, and how it takes the answers.</summary>
internal sealed class MySqlDialect : ServerDialect
{
    // Texts that come again and again are ids and names; a longer one takes the way that allocates.
    private const int ScratchBytes = 256;

    private const int EventIdBytes = 16;

    private readonly MySqlJournalOptions _options;
    private readonly string _connectionString;
    private readonly string _serverConnectionString;
    private long _maxPacketBytes;

    public MySqlDialect(MySqlJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        Database = options.Database;
        MySqlTables = new MySqlTables(Database, BusySeconds);
        var settings = new MySqlConnectionStringBuilder(options.ConnectionString)
        {
            Database = Database,
            Pooling = false,
            AutoEnlist = false,
            DefaultCommandTimeout = (uint)options.CommandTimeout.TotalSeconds,
            IgnorePrepare = false,
            GuidFormat = MySqlGuidFormat.Binary16,
            TreatTinyAsBoolean = false,
            NoBackslashEscapes = false,
        };
        if (settings.ApplicationName.Length == 0)
        {
            settings.ApplicationName = "Nagare";
        }

        Place = string.Create(CultureInfo.InvariantCulture, $"database '{Database}' at {settings.Server}:{settings.Port}");
        _connectionString = settings.ConnectionString;
        settings.Database = "";
        _serverConnectionString = settings.ConnectionString;
    }

    public override string Name => "MySQL";

    public override string Place { get; }

    public override TimeSpan BusyTimeout => _options.BusyTimeout;

    public override ServerTables Tables => MySqlTables;

    public MySqlTables MySqlTables { get; }

    public string Database { get; }

    /// <summary>How long one statement may take.</summary>
    public int CommandTimeoutSeconds => (int)_options.CommandTimeout.TotalSeconds;

    /// <summary>The largest packet that the server took when the last connection was made, in bytes.</summary>
    public long MaxPacketBytes => Volatile.Read(ref _maxPacketBytes);

    public override string ReadHead => MySqlReadStatements.ReadHead;

    public override string ReadTypes => MySqlReadStatements.ReadTypes;

    public override string ReadRestores => MySqlReadStatements.ReadRestores;

    public override string ReadTreeRows => MySqlReadStatements.ReadTreeRows;

    public override string ReadLastTreeIndex => MySqlReadStatements.ReadLastTreeIndex;

    public override string StoreTreeRow => MySqlWriteStatements.StoreTreeRow;

    private long BusySeconds => (long)Math.Ceiling(_options.BusyTimeout.TotalSeconds);

    // Everything that a server or an account may have as another default, and that a statement's meaning rests on. In READ COMMITTED each
    // statement sees what was committed before it began: in REPEATABLE READ, the default, what follows the wait for the head would see the
    // journal as it was before the wait.
    public override async ValueTask<DbConnection> Connect(ServerConnectionUse use, CancellationToken cancellationToken)
    {
        // Whoever makes the tables may have to make their database first.
        var connection = new MySqlConnection(use == ServerConnectionUse.Schema ? _serverConnectionString : _connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var settings = new MySqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
                set session transaction isolation level read committed, read write;
                set session sql_mode = '{MySqlTables.SqlMode}', autocommit = 1, unique_checks = 1, sql_safe_updates = 0, sql_select_limit = 18446744073709551615,
                    group_concat_max_len = 65536, lock_wait_timeout = {BusySeconds}, innodb_lock_wait_timeout = {BusySeconds};
                select @@max_allowed_packet
                """), connection);
            await using (settings.ConfigureAwait(false))
            {
                var value = await settings.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _maxPacketBytes, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override ValueTask<string> CheckServer(DbConnection connection, CancellationToken cancellationToken) =>
        MySqlServer.Check((MySqlConnection)connection, Database, Place, cancellationToken);

    public override ValueTask<IReadOnlyList<JournalFinding>> Examine(DbConnection connection, ExaminationDepth depth, int connections, CancellationToken cancellationToken) =>
        new MySqlExamination(Place, (sql, token) => Query(connection, sql, token)).Run(cancellationToken);

    /// <summary>What the journal's own statements rest on: its database chosen, and the settings that its own connections have.</summary>
    public string UseJournal => Use($"'{MySqlTables.SqlMode}'");

    /// <summary>The same where another client writes the texts: how it escapes them goes by a mode of the session, which therefore stays as it is.</summary>
    public string UseJournalOnCallersConnection => Use($"concat('{MySqlTables.SqlMode}', if(find_in_set('NO_BACKSLASH_ESCAPES', @@sql_mode) > 0, ',NO_BACKSLASH_ESCAPES', ''))");

    private string Use(string sqlMode) => string.Create(CultureInfo.InvariantCulture, $"""
        use `{Database}`;
        set session sql_mode = {sqlMode}, unique_checks = 1, sql_safe_updates = 0, sql_select_limit = 18446744073709551615,
            lock_wait_timeout = {BusySeconds}, innodb_lock_wait_timeout = {BusySeconds}
        """);

    public override ServerFailure Classify(DbException failure) => MySqlErrors.Classify(failure);

    public override DbCommand CreateRead(DbConnection connection, StoredPath path, ReadDirection direction, StoredDetail detail)
    {
        var command = new MySqlCommand(MySqlReadStatements.For(path, direction, detail), (MySqlConnection)connection);
        if (path == StoredPath.EventId)
        {
            command.Parameters.Add(new MySqlParameter("@event_id", MySqlDbType.Binary));
            return command;
        }

        command.Parameters.Add(new MySqlParameter("@after", MySqlDbType.Int64));
        command.Parameters.Add(new MySqlParameter("@until", MySqlDbType.Int64));
        command.Parameters.Add(new MySqlParameter("@limit", MySqlDbType.Int32));
        switch (path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                command.Parameters.Add(new MySqlParameter("@key", MySqlDbType.VarChar));
                break;
            case StoredPath.Cause:
                command.Parameters.Add(new MySqlParameter("@key", MySqlDbType.VarBinary));
                break;
            case StoredPath.Occurred:
                command.Parameters.Add(new MySqlParameter("@after_occurred", MySqlDbType.Int64));
                command.Parameters.Add(new MySqlParameter("@until_occurred", MySqlDbType.Int64));
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }

        return command;
    }

    public override void Bind(DbCommand command, in StoredQuery query)
    {
        var parameters = ((MySqlCommand)command).Parameters;
        if (query.Path == StoredPath.EventId)
        {
            parameters[0].Value = query.KeyBytes;
            return;
        }

        parameters[0].Value = query.After;
        parameters[1].Value = query.Until;
        parameters[2].Value = query.Limit;
        switch (query.Path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                parameters[3].Value = query.Key;
                break;
            case StoredPath.Cause:
                parameters[3].Value = query.KeyBytes;
                break;
            case StoredPath.Occurred:
                parameters[3].Value = query.AfterOccurred;
                parameters[4].Value = query.UntilOccurred;
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }
    }

    public override DbCommand CreateReadSnapshot(DbConnection connection, string stream, string aggregate) =>
        MySqlSnapshots.CreateRead((MySqlConnection)connection, stream, aggregate);

    public override DbCommand CreateWriteSnapshot(DbConnection connection, StoredSnapshot snapshot) =>
        MySqlSnapshots.CreateWrite((MySqlConnection)connection, snapshot);

    // An account may end its own sessions.
    public override async ValueTask EndSession(DbConnection stuck, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(_serverConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var kill = new MySqlCommand(string.Create(CultureInfo.InvariantCulture, $"kill {((MySqlConnection)stuck).ServerThread}"), connection);
            await using (kill.ConfigureAwait(false))
            {
                await kill.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override bool IsOwn(DbTransaction transaction) => transaction is MySqlTransaction;

    // A server is told by its machine, port, number and files; the database must be there to be seen. Only the client knows the isolation of a running transaction.
    public override string ReadPlace => $"""
        select concat_ws('/', @@hostname, @@port, @@server_id, @@datadir, (select schema_name from information_schema.schemata where schema_name = '{Database}')), null
        """;

    // Statements give these texts as bytes, which are UTF-8: a name that was met before costs no allocation.
    public override string ReadText(DbDataReader row, int column, Utf8Interner texts)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(texts);
        var length = (int)row.GetBytes(column, 0, null, 0, 0);
        _scratch ??= new byte[ScratchBytes];
        var bytes = length <= ScratchBytes ? _scratch : new byte[length];
        row.GetBytes(column, 0, bytes, 0, length);
        return texts.Get(bytes.AsSpan(0, length));
    }

    // As bytes, because a caller's connection may take a Guid for something else.
    public override Guid ReadEventId(DbDataReader row, int column)
    {
        ArgumentNullException.ThrowIfNull(row);
        _scratch ??= new byte[ScratchBytes];
        var length = (int)row.GetBytes(column, 0, _scratch, 0, EventIdBytes);
        return length == EventIdBytes ? new Guid(_scratch.AsSpan(0, EventIdBytes), bigEndian: true) : throw new JournalUnavailableException($"An event of the journal in {Place} has an id of {length} bytes, not {EventIdBytes}.");
    }

    // One for each thread, because every session of a journal reads through one dialect.
    [ThreadStatic]
    private static byte[]? _scratch;
}
