using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Nagare.Storage;
using Nagare.Torture;
using Npgsql;

namespace Nagare.Databases.Tests;

/// <summary>A server of its own that a test may bring into trouble, and the journal of an application on it: an account with what the grant script gives it.</summary>
internal abstract class TroubledServer(DatabaseServer server, DbConnection owner) : IAsyncDisposable
{
    protected const string Account = "application";

    /// <summary>The fewest that every server lets itself be set to.</summary>
    protected const int MaxConnections = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts one, or skips the test where this machine has none.</summary>
    /// <param name="database">What <c>eng/databases</c> calls it.</param>
    /// <param name="folder">Where it keeps what it writes; null for a folder that goes with it.</param>
    public static async Task<TroubledServer> Start(string database, string? folder = null)
    {
        // The run starts a server of its own; that one is here says that this machine can.
        var backend = AllDatabases.There(database);
        var server = await DatabaseServer.Start(database, folder);
        Assert.SkipWhen(server is null, $"{backend.Title}: this machine has no such server to harm");
        DbConnection? owner = null;
        try
        {
            owner = await backend.Connect(server!.ConnectionString);
            TroubledServer troubled = database == "postgres" ? new TroubledPostgreSql(server, owner) : new TroubledMySql(server, owner);
            await troubled.CreateJournal();
            return troubled;
        }
        catch
        {
            await using (server)
            await using (owner)
            {
                throw;
            }
        }
    }

    /// <summary>The application's journal, not open yet.</summary>
    public abstract RelationalJournal Journal();

    /// <summary>Whether the server has ended without having been told to.</summary>
    public bool HasEnded => server.HasEnded;

    /// <summary>Ends the server with all its processes.</summary>
    public void Lose() => server.Lose();

    /// <summary>Starts the server again on what it left.</summary>
    public Task Restart() => server.Restart();

    /// <summary>Ends when the application's journal notices that the server is in trouble, the next time from now on.</summary>
    public Task NextTrouble() => Log.Next();

    /// <summary>Ends the application's sessions and takes every connection that it could have, until the result is disposed.</summary>
    public async Task<IAsyncDisposable> TakeAllConnections()
    {
        await EndSessions();
        var taken = new TakenConnections();
        while (true)
        {
            var connection = NewApplicationConnection();
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (DbException refused) when (IsForWantOfConnections(refused))
            {
                await connection.DisposeAsync();
                return taken;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await server.DisposeAsync();
    }

    protected TroubleLog Log { get; } = new();

    protected string ServerConnectionString => server.ConnectionString;

    /// <summary>Makes the tables and the account.</summary>
    protected abstract Task CreateJournal();

    /// <summary>As the application.</summary>
    protected abstract DbConnection NewApplicationConnection();

    protected abstract bool IsForWantOfConnections(DbException refused);

    /// <summary>The statements that end a session of the application each.</summary>
    protected abstract Task<IReadOnlyList<string>> EndingsOfSessions();

    protected async Task Execute(string sql)
    {
        await using var command = owner.CreateCommand();
        command.CommandText = sql;
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (MySqlException gone) when (gone.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            // A session that was to end has ended by itself.
        }
    }

    protected async Task<IReadOnlyList<string>> Texts(string sql)
    {
        await using var command = owner.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return texts;
    }

    // A session ends some time after it was told to.
    private async Task EndSessions()
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await EndingsOfSessions() is { Count: > 0 } endings)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "sessions do not end");
            foreach (var ending in endings)
            {
                await Execute(ending);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private sealed class TakenConnections : IAsyncDisposable
    {
        private readonly List<DbConnection> _connections = [];

        public void Add(DbConnection connection) => _connections.Add(connection);

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}

internal sealed class TroubledPostgreSql(DatabaseServer server, DbConnection owner) : TroubledServer(server, owner)
{
    public override RelationalJournal Journal() => new PostgreSqlJournal(Options(ApplicationConnectionString, JournalSchemaHandling.CheckOnly), Log);

    protected override async Task CreateJournal()
    {
        await using var journal = new PostgreSqlJournal(Options(ServerConnectionString, JournalSchemaHandling.CreateIfMissing));
        await journal.Open(default);
        await Execute($"create role {Account} login password 'app' connection limit {MaxConnections}; {journal.GrantScript(Account)}");
    }

    protected override DbConnection NewApplicationConnection() => new NpgsqlConnection(ApplicationConnectionString + ";Pooling=False");

    protected override bool IsForWantOfConnections(DbException refused) => refused is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections };

    protected override Task<IReadOnlyList<string>> EndingsOfSessions() => Texts($"select format('select pg_terminate_backend(%s)', pid) from pg_stat_activity where usename = '{Account}'");

    private string ApplicationConnectionString => new NpgsqlConnectionStringBuilder(ServerConnectionString) { Username = Account, Password = "app" }.ConnectionString;

    private static PostgreSqlJournalOptions Options(string connectionString, JournalSchemaHandling schema) => new() { ConnectionString = connectionString, SchemaName = "journal", Schema = schema };
}

internal sealed class TroubledMySql(DatabaseServer server, DbConnection owner) : TroubledServer(server, owner)
{
    public override RelationalJournal Journal() => new MySqlJournal(Options(ApplicationConnectionString, JournalSchemaHandling.CheckOnly), Log);

    /// <summary>Lets the server refuse writes as a replica does, or take them again. PostgreSQL's that does is a standby.</summary>
    public Task SetReadOnly(bool isReadOnly) => Execute($"set global read_only = {(isReadOnly ? 1 : 0)}");

    protected override async Task CreateJournal()
    {
        await using var journal = new MySqlJournal(Options(ServerConnectionString, JournalSchemaHandling.CreateIfMissing));
        await journal.Open(default);
        await Execute($"create user '{Account}'@'127.0.0.1' identified by 'app'; {journal.GrantScript(Account, "127.0.0.1")}");
        await Execute($"set global max_connections = {MaxConnections}");
    }

    protected override DbConnection NewApplicationConnection() => new MySqlConnection(ApplicationConnectionString + ";Pooling=False");

    protected override bool IsForWantOfConnections(DbException refused) => refused is MySqlException { ErrorCode: MySqlErrorCode.ConnectionCountError };

    protected override async Task<IReadOnlyList<string>> EndingsOfSessions() =>
        [.. (await Texts($"select id from information_schema.processlist where user = '{Account}'")).Select(id => $"kill {id}")];

    private string ApplicationConnectionString => new MySqlConnectionStringBuilder(ServerConnectionString) { UserID = Account, Password = "app" }.ConnectionString;

    private static MySqlJournalOptions Options(string connectionString, JournalSchemaHandling schema) => new() { ConnectionString = connectionString, DatabaseName = "journal", Schema = schema };
}
