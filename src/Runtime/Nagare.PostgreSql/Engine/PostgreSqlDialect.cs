using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>What a journal says to PostgreSQL, and how it takes the answers.</summary>
internal sealed class PostgreSqlDialect : ServerDialect
{
    // Texts that come again and again are ids and names; a longer one takes the way that allocates.
    private const int ScratchBytes = 256;

    private readonly NpgsqlDataSource _connections;
    private readonly PostgreSqlJournalOptions _options;

    public PostgreSqlDialect(PostgreSqlJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        PostgreSqlTables = new PostgreSqlTables(options.SchemaName);
        var builder = new NpgsqlSlimDataSourceBuilder(options.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        var settings = builder.ConnectionStringBuilder;
        settings.Pooling = false;
        settings.Multiplexing = false;
        settings.Enlist = false;
        settings.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        settings.ApplicationName ??= "Nagare";
        if (NamesSeveralHosts(settings))
        {
            UsePrimary(settings);
        }

        Place = Describe(options.SchemaName, settings);
        _connections = builder.Build();
    }

    public override string Name => "PostgreSQL";

    public override string Place { get; }

    public override TimeSpan BusyTimeout => _options.BusyTimeout;

    public override ServerTables Tables => PostgreSqlTables;

    public PostgreSqlTables PostgreSqlTables { get; }

    public override string ReadHead => PostgreSqlReadStatements.ReadHead;

    public override string ReadTypes => PostgreSqlReadStatements.ReadTypes;

    public override string ReadRestores => PostgreSqlReadStatements.ReadRestores;

    /// <summary>Names a journal's place, without what may be a secret.</summary>
    public static string Describe(string schemaName, NpgsqlConnectionStringBuilder settings) =>
        $"schema '{schemaName}' of database '{settings.Database ?? settings.Username}' at {(NamesSeveralHosts(settings) ? settings.Host : $"{settings.Host}:{settings.Port}")}";

    private static bool NamesSeveralHosts(NpgsqlConnectionStringBuilder settings) => settings.Host?.Contains(',', StringComparison.Ordinal) == true;

    // A standby shows commits late. Which host is the primary changes when another one takes over; the client's own ten seconds until it looks
    // again are longer than a writer tries.
    private static void UsePrimary(NpgsqlConnectionStringBuilder settings)
    {
        settings.TargetSessionAttributes ??= "primary";
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
        {
            settings.HostRecheckSeconds = 1;
        }
    }

    public override string ReadTreeRows => PostgreSqlReadStatements.ReadTreeRows;

    public override string ReadLastTreeIndex => PostgreSqlReadStatements.ReadLastTreeIndex;

    public override string StoreTreeRow => PostgreSqlWriteStatements.StoreTreeRow;

    // Everything that a role or a database may have as another default, and that a statement's meaning or plan rests on.
    public override async ValueTask<DbConnection> Connect(ServerConnectionUse use, CancellationToken cancellationToken)
    {
        var connection = await _connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var settings = connection.CreateCommand();
            await using (settings.ConfigureAwait(false))
            {
                settings.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                    set search_path = "{_options.SchemaName}";
                    set lock_timeout = {(long)_options.BusyTimeout.TotalMilliseconds};
                    set default_transaction_isolation = 'read committed';
                    set default_transaction_read_only = off;
                    set client_min_messages = warning;
                    {(use == ServerConnectionUse.Schema ? "" : PostgreSqlReadStatements.PlanSettings)}
                    """);
                await settings.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
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
        PostgreSqlServer.Check((NpgsqlConnection)connection, Place, cancellationToken);

    public override ValueTask<IReadOnlyList<JournalFinding>> Examine(DbConnection connection, ExaminationDepth depth, int connections, CancellationToken cancellationToken) =>
        new PostgreSqlExamination(Place, _options.SchemaName, (sql, token) => Query(connection, sql, token)).Run(depth, connections, cancellationToken);

    /// <summary>Until its transaction ends, a session's names mean the journal's tables.</summary>
    public string UseJournalsPath => $"""
        set local search_path = "{_options.SchemaName}"
        """;

    /// <summary>Until its transaction ends, a session waits as long for the head as the journal does.</summary>
    public string UseJournalsLockTimeout => string.Create(CultureInfo.InvariantCulture, $"""
        set local lock_timeout = {(long)_options.BusyTimeout.TotalMilliseconds}
        """);

    public override ServerFailure Classify(DbException failure) => PostgreSqlErrors.Classify(failure);

    public override DbCommand CreateRead(DbConnection connection, StoredPath path, ReadDirection direction, StoredDetail detail)
    {
        var command = new NpgsqlCommand(PostgreSqlReadStatements.For(path, direction, detail), (NpgsqlConnection)connection);
        if (path == StoredPath.EventId)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { NpgsqlDbType = NpgsqlDbType.Uuid });
            return command;
        }

        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer });
        switch (path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text });
                break;
            case StoredPath.Cause:
                command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { NpgsqlDbType = NpgsqlDbType.Bytea });
                break;
            case StoredPath.Occurred:
                command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
                command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }

        return command;
    }

    public override void Bind(DbCommand command, in StoredQuery query)
    {
        var parameters = ((NpgsqlCommand)command).Parameters;
        if (query.Path == StoredPath.EventId)
        {
            ((NpgsqlParameter<Guid>)parameters[0]).TypedValue = new Guid(query.KeyBytes.Span, bigEndian: true);
            return;
        }

        ((NpgsqlParameter<long>)parameters[0]).TypedValue = query.After;
        ((NpgsqlParameter<long>)parameters[1]).TypedValue = query.Until;
        ((NpgsqlParameter<int>)parameters[2]).TypedValue = query.Limit;
        switch (query.Path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                ((NpgsqlParameter<string>)parameters[3]).TypedValue = query.Key;
                break;
            case StoredPath.Cause:
                ((NpgsqlParameter<ReadOnlyMemory<byte>>)parameters[3]).TypedValue = query.KeyBytes;
                break;
            case StoredPath.Occurred:
                ((NpgsqlParameter<long>)parameters[3]).TypedValue = query.AfterOccurred;
                ((NpgsqlParameter<long>)parameters[4]).TypedValue = query.UntilOccurred;
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }
    }

    public override DbCommand CreateReadSnapshot(DbConnection connection, string stream, string aggregate) =>
        PostgreSqlSnapshots.CreateRead((NpgsqlConnection)connection, stream, aggregate);

    public override DbCommand CreateWriteSnapshot(DbConnection connection, StoredSnapshot snapshot) =>
        PostgreSqlSnapshots.CreateWrite((NpgsqlConnection)connection, snapshot);

    // A role may end its own sessions.
    public override async ValueTask EndSession(DbConnection stuck, CancellationToken cancellationToken)
    {
        var connection = await _connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = new NpgsqlCommand("select pg_terminate_backend($1)", connection);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ((NpgsqlConnection)stuck).ProcessID, NpgsqlDbType = NpgsqlDbType.Integer });
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override bool IsOwn(DbTransaction transaction) => transaction is NpgsqlTransaction;

    // A server's start, to the microsecond, tells it from every other, copies and standbys included; the table's own number tells the schema.
    public override string ReadPlace => $"""
        select concat_ws('/', extract(epoch from pg_postmaster_start_time()),
                (select oid from pg_catalog.pg_database where datname = current_database()), to_regclass('"{_options.SchemaName}".nagare_head')::oid),
            current_setting('transaction_isolation')
        """;

    // The client hands out a text's bytes as they came, which are UTF-8: a name that was met before costs no allocation.
    public override string ReadText(DbDataReader row, int column, Utf8Interner texts)
    {
        var length = (int)row.GetBytes(column, 0, null, 0, 0);
        if (length > ScratchBytes)
        {
            return row.GetString(column);
        }

        _scratch ??= new byte[ScratchBytes];
        row.GetBytes(column, 0, _scratch, 0, length);
        return texts.Get(_scratch.AsSpan(0, length));
    }

    public override Guid ReadEventId(DbDataReader row, int column) => row.GetGuid(column);

    // One for each thread, because every session of a journal reads through one dialect.
    [ThreadStatic]
    private static byte[]? _scratch;
}
