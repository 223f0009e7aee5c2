using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.SqlClient;

namespace Nagare.Storage;

/// <summary>What a journal says to SQL Server, and how it takes the answers.</summary>
internal sealed class SqlServerDialect : ServerDialect
{
    // Texts that come again and again are ids and names, which are no longer.
    private const int ScratchBytes = JournalLimits.MaxIdBytes;

    private readonly SqlServerJournalOptions _options;

    // By its connection, for as long as that lives.
    private readonly ConditionalWeakTable<DbConnection, StrongBox<int>> _sessions = [];

    public SqlServerDialect(SqlServerJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        Statements = new SqlServerStatements(options.SchemaName, options.BusyTimeout);

        // Encryption and trust stay as they were given. The journal keeps its own few connections, tries again itself, and one command at a
        // time is all it has under way.
        var settings = new SqlConnectionStringBuilder(options.ConnectionString);
        if (!settings.ShouldSerialize("Application Name"))
        {
            settings.ApplicationName = "Nagare";
        }

        settings.Pooling = false;
        settings.MultipleActiveResultSets = false;
        settings.Enlist = false;
        settings.ConnectRetryCount = 0;
        settings.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        ConnectionString = settings.ConnectionString;
        Place = Describe(options.SchemaName, settings);
    }

    /// <summary>Names a journal's place, without what may be a secret.</summary>
    public static string Describe(string schemaName, SqlConnectionStringBuilder settings)
    {
        var database = settings.InitialCatalog.Length == 0 ? "the login's default database" : $"database '{settings.InitialCatalog}'";
        return $"schema '{schemaName}' of {database} at {settings.DataSource}";
    }

    public override string Name => "SQL Server";

    public override string SystemName => "microsoft.sql_server";

    public override string Place { get; }

    /// <summary>As it was given, with what a journal does itself.</summary>
    public string ConnectionString { get; }

    public override TimeSpan BusyTimeout => _options.BusyTimeout;

    public override ServerTables Tables => Statements.Tables;

    public override string EventsTable => $"[{_options.SchemaName}].nagare_events";

    public SqlServerStatements Statements { get; }

    public override string ReadHead => Statements.Read.ReadHead;

    public override string ReadTypes => Statements.Read.ReadTypes;

    public override string ReadRestores => Statements.Read.ReadRestores;

    public override string ReadTreeRows => Statements.Read.ReadTreeRows;

    public override string ReadLastTreeIndex => Statements.Read.ReadLastTreeIndex;

    public override string StoreTreeRow => Statements.Write.StoreTreeRow;

    public override async ValueTask<DbConnection> Connect(ServerConnectionUse use, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var settings = new SqlCommand(Statements.Session.Settings, connection);
            await using (settings.ConfigureAwait(false))
            {
                var session = (int)(await settings.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
                _sessions.Add(connection, new StrongBox<int>(session));
                if (use == ServerConnectionUse.Read)
                {
                    settings.CommandText = Statements.Session.ReadSettings;
                    await settings.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
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
        SqlServerInstance.Check((SqlConnection)connection, Statements.Session.ReadServer, Place, cancellationToken);

    public override ValueTask<IReadOnlyList<JournalFinding>> Examine(DbConnection connection, ExaminationDepth depth, int connections, CancellationToken cancellationToken) =>
        new SqlServerExamination(Place, Statements.Examination, (sql, token) => Query(connection, sql, token)).Run(depth, cancellationToken);

    public override ServerFailure Classify(DbException failure) => SqlServerErrors.Classify(failure);

    public override DbCommand CreateReadSnapshot(DbConnection connection, string stream, string aggregate)
    {
        var command = new SqlCommand(Statements.Snapshots.ReadSnapshot, (SqlConnection)connection);
        command.Parameters.Add(new SqlParameter("@stream_id", SqlDbType.VarBinary, 255) { Value = Encoding.UTF8.GetBytes(stream) });
        command.Parameters.Add(new SqlParameter("@aggregate", SqlDbType.VarBinary, 255) { Value = Encoding.UTF8.GetBytes(aggregate) });
        return command;
    }

    public override DbCommand CreateWriteSnapshot(DbConnection connection, StoredSnapshot snapshot)
    {
        var command = new SqlCommand(Statements.Snapshots.WriteSnapshot, (SqlConnection)connection);
        command.Parameters.Add(new SqlParameter("@stream_id", SqlDbType.VarBinary, 255) { Value = Encoding.UTF8.GetBytes(snapshot.StreamId) });
        command.Parameters.Add(new SqlParameter("@aggregate", SqlDbType.VarBinary, 255) { Value = Encoding.UTF8.GetBytes(snapshot.Aggregate) });
        command.Parameters.Add(new SqlParameter("@version", SqlDbType.BigInt) { Value = snapshot.Version });
        command.Parameters.Add(new SqlParameter("@position", SqlDbType.BigInt) { Value = snapshot.Position });
        command.Parameters.Add(new SqlParameter("@recorded_at", SqlDbType.BigInt) { Value = snapshot.RecordedAt });
        command.Parameters.Add(new SqlParameter("@event_id", SqlDbType.Binary, EventIdBytes) { Value = snapshot.EventId.ToByteArray(bigEndian: true) });
        command.Parameters.Add(new SqlParameter("@schema_hash", SqlDbType.VarBinary, 64) { Value = snapshot.SchemaHash.ToArray() });
        command.Parameters.Add(new SqlParameter("@checksum", SqlDbType.VarBinary, 64) { Value = snapshot.Checksum.ToArray() });
        command.Parameters.Add(new SqlParameter("@data", SqlDbType.VarBinary, -1) { Value = snapshot.Data.ToArray() });
        return command;
    }

    // A login may that has ALTER ANY CONNECTION. Without it the session ends when the code that holds it is done.
    public override async ValueTask EndSession(DbConnection stuck, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(stuck, out var session))
        {
            return;
        }

        var connection = new SqlConnection(ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var kill = new SqlCommand(SqlServerSessionStatements.KillOf(session.Value), connection);
            await using (kill.ConfigureAwait(false))
            {
                await kill.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override bool IsOwn(DbTransaction transaction) => transaction is SqlTransaction;

    public override string ReadPlace => Statements.Session.ReadPlace;

    public override DbCommand CreateRead(DbConnection connection, StoredPath path, ReadDirection direction, StoredDetail detail)
    {
        var command = new SqlCommand(Statements.Read.For(path, direction, detail), (SqlConnection)connection);
        if (path == StoredPath.EventId)
        {
            command.Parameters.Add(new SqlParameter("@key", SqlDbType.Binary, EventIdBytes));
            return command;
        }

        command.Parameters.Add(new SqlParameter("@after", SqlDbType.BigInt));
        command.Parameters.Add(new SqlParameter("@until", SqlDbType.BigInt));
        command.Parameters.Add(new SqlParameter("@limit", SqlDbType.Int));
        switch (path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject or StoredPath.Cause:
                command.Parameters.Add(new SqlParameter("@key", SqlDbType.VarBinary, JournalLimits.MaxIdBytes));
                break;
            case StoredPath.Occurred:
                command.Parameters.Add(new SqlParameter("@after_occurred", SqlDbType.BigInt));
                command.Parameters.Add(new SqlParameter("@until_occurred", SqlDbType.BigInt));
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }

        return command;
    }

    public override void Bind(DbCommand command, in StoredQuery query)
    {
        var parameters = ((SqlCommand)command).Parameters;
        if (query.Path == StoredPath.EventId)
        {
            parameters[0].Value = query.KeyBytes.ToArray();
            return;
        }

        parameters[0].Value = query.After;
        parameters[1].Value = query.Until;
        parameters[2].Value = query.Limit;
        switch (query.Path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                parameters[3].Value = Encoding.UTF8.GetBytes(query.Key!);
                break;
            case StoredPath.Cause:
                parameters[3].Value = query.KeyBytes.ToArray();
                break;
            case StoredPath.Occurred:
                parameters[3].Value = query.AfterOccurred;
                parameters[4].Value = query.UntilOccurred;
                break;
            case StoredPath.Journal or StoredPath.EventId:
                break;
        }
    }

    // Texts are the bytes of their UTF-8: a name that was met before costs no allocation.
    public override string ReadText(DbDataReader row, int column, Utf8Interner texts)
    {
        var length = row.GetBytes(column, 0, null, 0, 0);
        if (length > ScratchBytes)
        {
            return ReadLongText(row, column);
        }

        _scratch ??= new byte[ScratchBytes];
        row.GetBytes(column, 0, _scratch, 0, (int)length);
        return texts.Get(_scratch.AsSpan(0, (int)length));
    }

    public override string ReadLongText(DbDataReader row, int column) => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));

    public const int EventIdBytes = 16;

    // One for each thread, because every session of a journal reads through one dialect.
    [ThreadStatic]
    private static byte[]? _scratch;
}
