using System.Data;
using System.Data.Common;
using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

/// <summary>A journal's schema, gone with the test, and a role of least privilege that uses it; and a door to it beside the journal.</summary>
internal sealed class JournalSchema : IServerPlace
{
    private readonly string _connectionString = Server.ConnectionString;
    private bool _hasRole;

    public string Name { get; } = Server.NewSchemaName();

    /// <summary>The application's role, once <see cref="CreateWithRole"/> has made it.</summary>
    public string Role => Name + "_app";

    /// <summary>What the schemas of named journals begin with. Short: a journal's name comes after it.</summary>
    public string TenantPrefix => "nt" + Name["nagare_test".Length..];

    private string CallersSchema => Name + "_mine";

    /// <summary>As the tables' owner. The server tells the journal's sessions by the schema's name.</summary>
    public PostgreSqlJournalOptions Options() => new() { ConnectionString = new NpgsqlConnectionStringBuilder(_connectionString) { ApplicationName = Name }.ConnectionString, SchemaName = Name };

    /// <summary>As the application: a role that owns nothing.</summary>
    public PostgreSqlJournalOptions ApplicationOptions() => new()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(_connectionString) { Username = Role, Password = "app" }.ConnectionString,
        SchemaName = Name,
        Schema = JournalSchemaHandling.CheckOnly,
    };

    /// <summary>How the application connects where it does not speak to the journal: names mean its own tables, which lie elsewhere.</summary>
    public string CallersConnectionString() => $"{(_hasRole ? ApplicationOptions().ConnectionString : _connectionString)};Search Path={CallersSchema}";

    /// <summary>Makes a table of the caller's own, in a schema beside the journal's.</summary>
    public async Task<string> CreateTableOfCaller()
    {
        await Execute($"create schema {CallersSchema}; create table {CallersSchema}.rows_of_mine (id text primary key, n bigint not null)");
        if (_hasRole)
        {
            await Execute($"grant usage on schema {CallersSchema} to {Role}; grant select, insert on {CallersSchema}.rows_of_mine to {Role}; alter role {Role} set search_path = {CallersSchema}");
        }

        return _hasRole ? "rows_of_mine" : $"{CallersSchema}.rows_of_mine";
    }

    /// <summary>Creates the tables as their owner, and a role with what <see cref="PostgreSqlJournal.GrantScript"/> gives it.</summary>
    public async Task CreateWithRole()
    {
        if (!_hasRole)
        {
            _hasRole = true;
            await using var owner = new PostgreSqlJournal(Options());
            await owner.CreateSchema(default);
            await Execute($"create role {Role} login password 'app'; {owner.GrantScript(Role)}");
        }
    }

    public async Task<PostgreSqlJournal> Open(Action<PostgreSqlJournalOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var journal = new PostgreSqlJournal(options);
        await journal.Open(default);
        return journal;
    }

    public async Task<int> CountSessions() => (int)(long)(await Scalar($"select count(*) from pg_stat_activity where application_name = '{Name}'"))!;

    public Task EndSessions() => Execute($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{Name}'");

    /// <summary>A plain connection of the owner, which names tables without their schema.</summary>
    public Task<NpgsqlConnection> Connect() => Server.Connect($"{_connectionString};Search Path={Name}");

    public async Task<object?> Scalar(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public Task Execute(string sql) => Scalar(sql);

    async Task<RelationalJournal> ITestPlace.Open(TimeSpan? busyTimeout, AppendQueueLimits? queue) => await Open(options =>
    {
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        options.Queue = queue ?? options.Queue;
    });

    /// <summary>Takes the head's row as a writer does.</summary>
    public async Task<IAsyncDisposable> HoldHead()
    {
        var connection = await Connect();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select position from nagare_head for update", connection);
        await command.ExecuteScalarAsync();
        return connection;
    }

    /// <summary>Begins a transaction with a snapshot and an id of its own, which does nothing more.</summary>
    public async Task<IAsyncDisposable> StandIdle()
    {
        var connection = await Connect();
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var command = new NpgsqlCommand("select pg_current_xact_id(), count(*) from nagare_types", connection);
        await command.ExecuteScalarAsync();
        return connection;
    }

    async Task<DbConnection> ITestPlace.Connect() => await Server.Connect(CallersConnectionString());

    public async Task<DbConnection> ConnectElsewhere() => await Server.Connect(new NpgsqlConnectionStringBuilder(_connectionString) { Database = "template1" }.ConnectionString);

    public async Task<DbTransaction> Begin(DbConnection connection) => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

    Task<string> ITestPlace.CreateTable() => CreateTableOfCaller();

    /// <summary>Every change of a table, index or trigger writes a row of the catalogue, and with it the transaction that did.</summary>
    public async Task<long> CountSchemaChanges() => (long)(await Scalar($"""
        select coalesce(sum(hashtextextended(c.relname || c.xmin::text || coalesce((select string_agg(t.xmin::text, ',' order by t.tgname) from pg_trigger t where t.tgrelid = c.oid), ''), 0) % 1000000007), 0)::bigint
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{Name}'
        """))!;

    public async ValueTask DisposeAsync()
    {
        await Execute($"do $$ declare tenant text; begin for tenant in select nspname from pg_namespace where starts_with(nspname, '{TenantPrefix}_') loop execute format('drop schema %I cascade', tenant); end loop; end $$");
        await Execute($"set client_min_messages = warning; drop schema if exists {Name} cascade; drop schema if exists {CallersSchema} cascade" + (_hasRole ? $"; drop owned by {Role}; drop role {Role}" : ""));
    }
}
