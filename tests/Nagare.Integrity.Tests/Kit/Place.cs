using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Nagare.Storage;
using Npgsql;

namespace Nagare.Integrity.Tests;

/// <summary>A journal in a real database, gone with the test, and the door through which an adversary comes: a connection that may do everything.</summary>
internal abstract class Place : IAsyncDisposable
{
    private static int _places;

    /// <summary>The databases by the names that tests use.</summary>
    public static TheoryData<string> All => ["SQLite", "PostgreSQL", "MySQL", "MariaDB", "SQL Server"];

    /// <summary>A name that no other test and no other process uses.</summary>
    protected string Name { get; } = $"nagare_integrity_{Environment.ProcessId}_{Interlocked.Increment(ref _places)}";

    public static Place Of(string database) => database switch
    {
        "SQLite" => new SqlitePlace(),
        "PostgreSQL" => new PostgreSqlPlace(),
        "MySQL" => new MySqlPlace("NAGARE_MYSQL"),
        "MariaDB" => new MySqlPlace("NAGARE_MARIADB"),
        _ => new SqlServerPlace(),
    };

    public async Task<RelationalJournal> Open()
    {
        var journal = Create();
        await journal.Open(TestContext.Current.CancellationToken);
        return journal;
    }

    /// <summary>Runs a statement in which <c>$</c> stands in front of each table.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = Connection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("$", Prefix, StringComparison.Ordinal);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Takes away what refuses changes of events and of the tree.</summary>
    public async Task DropTriggers()
    {
        foreach (var drop in Drops)
        {
            await Execute(drop);
        }
    }

    /// <summary>Has each row of the tree take some milliseconds to store, where writers do not wait for each other anyway.</summary>
    public async Task SlowTreeRows()
    {
        if (Slow is { } slow)
        {
            await Execute(slow);
        }
    }

    /// <summary>Bytes as a literal.</summary>
    public abstract string Hex(ReadOnlySpan<byte> bytes);

    public abstract ValueTask DisposeAsync();

    protected virtual string Prefix => "";

    protected abstract IReadOnlyList<string> Drops { get; }

    protected virtual string? Slow => null;

    protected abstract RelationalJournal Create();

    protected abstract DbConnection Connection();

    protected static string Variable(string name)
    {
        var text = Environment.GetEnvironmentVariable(name);
        Assert.SkipWhen(string.IsNullOrEmpty(text), $"{name} is not set. eng/databases up starts servers and says what to set");
        return text!;
    }

    private sealed class SqlitePlace : Place
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nagare-integrity-");

        protected override IReadOnlyList<string> Drops =>
        [
            "drop trigger nagare_events_refuse_update; drop trigger nagare_events_refuse_delete; drop trigger nagare_events_guard_insert",
            "drop trigger nagare_tree_refuse_update; drop trigger nagare_tree_refuse_delete; drop trigger nagare_tree_guard_insert",
        ];

        public override string Hex(ReadOnlySpan<byte> bytes) => $"X'{Convert.ToHexString(bytes)}'";

        public override ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return default;
        }

        protected override RelationalJournal Create() => new SqliteJournal(new() { ConnectionString = $"Data Source={_folder.FullName}/journal.db" });

        protected override DbConnection Connection() => new SqliteConnection($"Data Source={_folder.FullName}/journal.db;Pooling=False");
    }

    private sealed class PostgreSqlPlace : Place
    {
        private readonly string _server = Variable("NAGARE_POSTGRES");

        protected override IReadOnlyList<string> Drops => ["alter table nagare_events disable trigger all; alter table nagare_tree disable trigger all"];

        protected override string? Slow => """
            create function slow() returns trigger language plpgsql as ' begin perform pg_sleep(0.005); return new; end ';
            create trigger slow before insert on nagare_tree for each row execute function slow()
            """;

        public override string Hex(ReadOnlySpan<byte> bytes) => $"'\\x{Convert.ToHexString(bytes)}'::bytea";

        public override async ValueTask DisposeAsync() => await Execute($"set client_min_messages = warning; drop schema if exists {Name} cascade");

        protected override RelationalJournal Create() => new PostgreSqlJournal(new() { ConnectionString = _server, SchemaName = Name });

        protected override DbConnection Connection() => new NpgsqlConnection($"{_server};Search Path={Name};Pooling=False");
    }

    private sealed class MySqlPlace(string variable) : Place
    {
        private readonly string _server = Variable(variable);

        protected override IReadOnlyList<string> Drops =>
            ["drop trigger nagare_events_refuse_update", "drop trigger nagare_events_refuse_delete", "drop trigger nagare_tree_refuse_update", "drop trigger nagare_tree_refuse_delete"];

        protected override string? Slow => "create trigger slow before insert on nagare_tree for each row do sleep(0.005)";

        public override string Hex(ReadOnlySpan<byte> bytes) => $"X'{Convert.ToHexString(bytes)}'";

        public override async ValueTask DisposeAsync() => await Execute($"drop database if exists {Name}");

        protected override RelationalJournal Create() => new MySqlJournal(new() { ConnectionString = _server, DatabaseName = Name });

        protected override DbConnection Connection() => new MySqlConnection($"{_server};Database={Name};Pooling=False");
    }

    private sealed class SqlServerPlace : Place
    {
        private readonly string _server = Variable("NAGARE_SQLSERVER");

        protected override string Prefix => $"[{Name}].";

        protected override IReadOnlyList<string> Drops => ["drop trigger $nagare_events_refuse_update", "drop trigger $nagare_tree_refuse_update"];

        public override string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexString(bytes)}";

        public override async ValueTask DisposeAsync()
        {
            await using var connection = Connection();
            await connection.OpenAsync();
            await SqlServerPlaces.DropSchema(connection, Name);
        }

        protected override RelationalJournal Create() => new SqlServerJournal(new() { ConnectionString = _server, SchemaName = Name });

        protected override DbConnection Connection() => new SqlConnection($"{_server};Pooling=False");
    }
}
