using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

/// <summary>A journal's file in a folder of its own, gone with the test; and a door to it beside the journal.</summary>
internal sealed class JournalFile : ITestPlace, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nagare-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    public string ConnectionString => $"Data Source={Path}";

    public SqliteJournalOptions Options() => new() { ConnectionString = ConnectionString };

    public async Task<SqliteJournal> Open(Action<SqliteJournalOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var journal = new SqliteJournal(options);
        await journal.Open(default);
        return journal;
    }

    /// <summary>A plain connection, as any tool would open one.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    public object? Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Execute(string sql) => Scalar(sql);

    async Task<RelationalJournal> ITestPlace.Open(TimeSpan? busyTimeout, AppendQueueLimits? queue) => await Open(options =>
    {
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        options.Queue = queue ?? options.Queue;
    });

    public Task<IAsyncDisposable> HoldHead()
    {
        var connection = Connect();
        connection.BeginTransaction(deferred: false);
        return Task.FromResult<IAsyncDisposable>(connection);
    }

    Task<DbConnection> ITestPlace.Connect() => Task.FromResult<DbConnection>(Connect());

    public Task<DbConnection> ConnectElsewhere()
    {
        DbConnection connection = new SqliteConnection($"Data Source={Path}-elsewhere;Pooling=False");
        connection.Open();
        return Task.FromResult(connection);
    }

    public Task<DbTransaction> Begin(DbConnection connection) => Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public Task<string> CreateTable()
    {
        Execute("create table rows_of_mine (id text primary key, n integer not null)");
        return Task.FromResult("rows_of_mine");
    }

    public Task<long> CountSchemaChanges() => Task.FromResult((long)Scalar("pragma schema_version")!);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
