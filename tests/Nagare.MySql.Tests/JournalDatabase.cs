using System.Data;
using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>A journal's database, gone with the test, and an account of least privilege that uses it; and a door to it beside the journal.</summary>
internal sealed class JournalDatabase(Server server) : IServerPlace
{
    private readonly string _connectionString = server.ConnectionString;
    private bool _hasAccount;

    public string Name { get; } = Server.NewDatabaseName();

    /// <summary>The application's account, once <see cref="CreateWithAccount"/> has made it.</summary>
    public string Account => Name + "_app";

    /// <summary>As an account that may do everything.</summary>
    public MySqlJournalOptions Options() => new() { ConnectionString = _connectionString, DatabaseName = Name };

    /// <summary>As the application: an account with what it was granted and no more.</summary>
    public MySqlJournalOptions ApplicationOptions() => new()
    {
        ConnectionString = new MySqlConnectionStringBuilder(_connectionString) { UserID = Account, Password = "app" }.ConnectionString,
        DatabaseName = Name,
        Schema = JournalSchemaHandling.CheckOnly,
    };

    /// <summary>Creates the tables, and an account with what <see cref="MySqlJournal.GrantScript"/> gives it.</summary>
    public async Task CreateWithAccount()
    {
        if (!_hasAccount)
        {
            _hasAccount = true;
            await using var owner = new MySqlJournal(Options());
            await owner.CreateSchema(default);
            await Execute($"create user '{Account}'@'%' identified by 'app'; {owner.GrantScript(Account)}");
            await Execute($"create database `{CallersDatabase}`; grant select, insert on `{CallersDatabase}`.* to '{Account}'@'%'");
        }
    }

    /// <summary>A journal that is not open yet, of an account to which the database belongs and nothing else.</summary>
    public async Task<MySqlJournal> CreateOwner()
    {
        _hasAccount = true;
        await Server.Scalar($"create database `{Name}`; create user '{Account}'@'%' identified by 'app'; grant all on `{Name}`.* to '{Account}'@'%'", _connectionString);
        var options = ApplicationOptions();
        options.Schema = JournalSchemaHandling.CreateIfMissing;
        return new MySqlJournal(options);
    }

    public async Task<MySqlJournal> Open(Action<MySqlJournalOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var journal = new MySqlJournal(options);
        await journal.Open(default);
        return journal;
    }

    /// <summary>A plain connection that has chosen the database.</summary>
    public Task<MySqlConnection> Connect() => Server.Connect($"{_connectionString};Database={Name}");

    public async Task<object?> Scalar(string sql)
    {
        await using var connection = await Connect();
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> Number(string sql) => Convert.ToInt64(await Scalar(sql), CultureInfo.InvariantCulture);

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
        await using var command = new MySqlCommand("start transaction; select id from nagare_head for update", connection);
        await command.ExecuteScalarAsync();
        return connection;
    }

    /// <summary>Begins a transaction with a snapshot, which does nothing more.</summary>
    public async Task<IAsyncDisposable> StandIdle()
    {
        var connection = await Connect();
        await using var command = new MySqlCommand("start transaction with consistent snapshot; select count(*) from nagare_types", connection);
        await command.ExecuteScalarAsync();
        return connection;
    }

    /// <summary>What the databases of named journals begin with. Short: a journal's name comes after it.</summary>
    public string TenantPrefix => "nt" + Name[^Math.Min(Name.Length, 18)..];

    /// <summary>A connection of the application's own, which has chosen another database than the journal's.</summary>
    public Task<MySqlConnection> ConnectCaller() => Server.Connect(_hasAccount ? ApplicationOptions().ConnectionString + $";Database={CallersDatabase}" : _connectionString);

    /// <summary>Makes a table of the application's own, in a database beside the journal's.</summary>
    public async Task<string> CreateTable()
    {
        await Server.Scalar($"create database if not exists `{CallersDatabase}`; create table `{CallersDatabase}`.rows_of_mine (id varchar(64) primary key, n bigint not null) engine = InnoDB", _connectionString);
        return $"`{CallersDatabase}`.rows_of_mine";
    }

    async Task<DbConnection> ITestPlace.Connect() => await Server.Connect(_connectionString);

    public async Task<DbConnection> ConnectElsewhere()
    {
        var other = Environment.GetEnvironmentVariable(server.OtherVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(other), $"a second server is not there: {server.OtherVariable} is not set");
        return await Server.Connect(other!);
    }

    public async Task<DbTransaction> Begin(DbConnection connection) => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

    private string CallersDatabase => Name + "_mine";

    /// <summary>The tables with the times at which they were made, their columns, indexes and triggers.</summary>
    public Task<long> CountSchemaChanges() => Number($"""
        select coalesce(sum(crc32(what)), 0) from (
            select concat_ws('|', table_name, create_time, engine, table_collation) as what from information_schema.tables where table_schema = '{Name}'
            union all select concat_ws('|', table_name, column_name, column_type, collation_name) from information_schema.columns where table_schema = '{Name}'
            union all select concat_ws('|', table_name, index_name, seq_in_index, column_name) from information_schema.statistics where table_schema = '{Name}'
            union all select concat_ws('|', trigger_name, created) from information_schema.triggers where trigger_schema = '{Name}') as everything
        """);

    // Those that have chosen the database.
    public async Task<int> CountSessions()
    {
        await using var connection = await Server.Connect(_connectionString);
        return (await Sessions(connection)).Count;
    }

    public async Task EndSessions()
    {
        await using var connection = await Server.Connect(_connectionString);
        foreach (var id in await Sessions(connection))
        {
            try
            {
                await using var kill = new MySqlCommand($"kill {id}", connection);
                await kill.ExecuteNonQueryAsync();
            }
            catch (MySqlException gone) when (gone.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It ended by itself meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tenant in await Tenants())
        {
            await Server.Scalar($"drop database `{tenant}`", _connectionString);
        }

        await Server.Scalar($"drop database if exists `{CallersDatabase}`; drop database if exists `{Name}`" + (_hasAccount ? $"; drop user if exists '{Account}'@'%'" : ""), _connectionString);
    }

    private async Task<List<string>> Tenants()
    {
        var tenants = new List<string>();
        await using var connection = await Server.Connect(_connectionString);
        await using var command = new MySqlCommand($"select schema_name from information_schema.schemata where left(schema_name, {TenantPrefix.Length + 1}) = '{TenantPrefix}_'", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            tenants.Add(rows.GetString(0));
        }

        return tenants;
    }

    // As a statement of its own: a query of the same would have to convert what the sessions run, which may be any bytes.
    private async Task<List<long>> Sessions(MySqlConnection connection)
    {
        var ids = new List<long>();
        await using var command = new MySqlCommand("show processlist", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var (id, database) = (rows.GetOrdinal("Id"), rows.GetOrdinal("db"));
        while (await rows.ReadAsync())
        {
            if (rows.GetValue(database) as string == Name)
            {
                ids.Add(Convert.ToInt64(rows.GetValue(id), CultureInfo.InvariantCulture));
            }
        }

        return ids;
    }
}
