using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

/// <summary>A journal's schema, gone with the test, and a user of least privilege that uses it; and a door to it beside the journal.</summary>
internal sealed class JournalSchema : IServerPlace
{
    private const string ApplicationsPassword = "Only-4-tests";

    // For writers that wait for each other. A server that is slow to parse what a test's own code says keeps them waiting meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _connectionString = Server.ConnectionString;
    private bool _hasRole;

    public string Name { get; } = Server.NewSchemaName();

    /// <summary>The application's login and user, once <see cref="CreateWithRole"/> has made them.</summary>
    public string Role => Name + "_app";

    /// <summary>As the tables' owner. The server tells the journal's sessions by the schema's name.</summary>
    public SqlServerJournalOptions Options() => new()
    {
        ConnectionString = new SqlConnectionStringBuilder(_connectionString) { ApplicationName = Name }.ConnectionString,
        SchemaName = Name,
        BusyTimeout = Patience,
    };

    /// <summary>As the application: a user that owns nothing.</summary>
    public SqlServerJournalOptions ApplicationOptions() => new()
    {
        ConnectionString = new SqlConnectionStringBuilder(_connectionString) { UserID = Role, Password = ApplicationsPassword, IntegratedSecurity = false }.ConnectionString,
        SchemaName = Name,
        BusyTimeout = Patience,
        Schema = JournalSchemaHandling.CheckOnly,
    };

    /// <summary>Creates the tables as their owner, and a user with what <see cref="SqlServerJournal.GrantScript"/> gives it.</summary>
    public async Task CreateWithRole()
    {
        if (!_hasRole)
        {
            _hasRole = true;
            await using var owner = new SqlServerJournal(Options());
            await owner.CreateSchema(default);
            await Execute($"create login {Role} with password = '{ApplicationsPassword}'");
            await Execute($"create user {Role} for login {Role}");
            await Execute(owner.GrantScript(Role));
        }
    }

    public async Task<SqlServerJournal> Open(Action<SqlServerJournalOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var journal = new SqlServerJournal(options);
        await journal.Open(default);
        return journal;
    }

    public async Task<int> CountSessions() => (await Sessions()).Count;

    private async Task<IReadOnlyList<int>> Sessions()
    {
        await using var connection = await Server.Connect();
        await using var command = new SqlCommand($"select session_id from sys.dm_exec_sessions where program_name = '{Name}'", connection);
        await using var row = await command.ExecuteReaderAsync();
        var sessions = new List<int>();
        while (await row.ReadAsync())
        {
            sessions.Add(Convert.ToInt32(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        }

        return sessions;
    }

    public async Task EndSessions()
    {
        foreach (var session in await Sessions())
        {
            try
            {
                await Server.Scalar($"kill {session}");
            }
            catch (SqlException ended) when (ended.Message.Contains("not an active process ID", StringComparison.Ordinal))
            {
                // It has ended by itself meanwhile.
            }
        }
    }

    /// <summary>Runs what says <c>$s</c> for the journal's schema, as the owner or as somebody else.</summary>
    public Task<object?> Scalar(string sql, string? connectionString = null) => Server.Scalar(Named(sql), connectionString ?? _connectionString);

    /// <summary>With the journal's schema where a text says <c>$s</c>.</summary>
    public string Named(string sql) => sql.Replace("$s", $"[{Name}]", StringComparison.Ordinal);

    public Task Execute(string sql) => Scalar(sql);

    async Task<RelationalJournal> ITestPlace.Open(TimeSpan? busyTimeout, AppendQueueLimits? queue) => await Open(options =>
    {
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        options.Queue = queue ?? options.Queue;
    });

    /// <summary>Takes the head's row as a writer does.</summary>
    public async Task<IAsyncDisposable> HoldHead()
    {
        var connection = await Server.Connect(_connectionString);
        await using var command = new SqlCommand($"begin transaction; update [{Name}].nagare_head set position = position where id = 1", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Begins a transaction that has seen the journal, and does nothing more.</summary>
    public async Task<IAsyncDisposable> StandIdle()
    {
        var connection = await Server.Connect(_connectionString);
        await using var command = new SqlCommand($"begin transaction; select count(*) from [{Name}].nagare_types", connection);
        await command.ExecuteScalarAsync();
        return connection;
    }

    /// <summary>What the schemas of named journals begin with. Short: a journal's name comes after it.</summary>
    public string TenantPrefix => "nt" + Name[^Math.Min(Name.Length, 18)..];

    /// <summary>Makes a table of the application's own beside the journal's, which may not be there yet.</summary>
    public async Task<string> CreateTable()
    {
        await Execute($"if schema_id('{Name}') is null exec ('create schema [{Name}]')");
        await Execute("create table $s.rows_of_mine (id varchar(64) not null primary key, n bigint not null)");
        if (_hasRole)
        {
            await Execute($"grant select, insert on $s.rows_of_mine to {Role}");
        }

        return $"[{Name}].rows_of_mine";
    }

    async Task<DbConnection> ITestPlace.Connect() => await Server.Connect(_connectionString);

    public async Task<DbConnection> ConnectElsewhere() => await Server.Connect(new SqlConnectionStringBuilder(_connectionString) { InitialCatalog = "tempdb" }.ConnectionString);

    public async Task<DbTransaction> Begin(DbConnection connection) => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

    /// <summary>What the catalogue counts, and on SQL Server itself when each object was changed last.</summary>
    public async Task<long> CountSchemaChanges() => (long)(await Scalar($"""
        select cast(
            (select count(*) from sys.objects o where o.schema_id = schema_id('{Name}')) * cast(1000000000 as bigint)
            + (select count(*) from sys.columns c join sys.tables t on t.object_id = c.object_id where t.schema_id = schema_id('{Name}')) * 1000000
            + (select count(*) from sys.indexes i join sys.tables t on t.object_id = i.object_id where t.schema_id = schema_id('{Name}')) * 1000
            + coalesce((select max(datediff(second, '20200101', o.modify_date)) from sys.objects o where o.schema_id = schema_id('{Name}') and o.modify_date > '20200101'), 0)
            as bigint)
        """))!;

    public async ValueTask DisposeAsync()
    {
        while (await Scalar($"select min(name) from sys.schemas where left(name, {TenantPrefix.Length + 1}) = '{TenantPrefix}_'") is string tenant)
        {
            await Server.DropSchema(tenant);
        }

        await Server.DropSchema(Name);
        if (_hasRole)
        {
            await Execute($"drop user if exists {Role}");
            await Execute($"drop login {Role}");
        }
    }
}
