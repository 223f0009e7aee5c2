using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteBackend : Backend
{
    private const string InsertEvent = """
        insert into nagare_events (position, stream_id, version, event_id, family, type, schema_version, recorded_at, salt, content_hash, data)
        values (@position, @stream_id, @version, @event_id, 'torture', 'endured', 1, 0, zeroblob(16), zeroblob(32), @data)
        """;

    public override string Name => "sqlite";

    public override string Title => "SQLite";

    public override string? Variable => null;

    public override Task<Place> NewPlace(string server)
    {
        var folder = Directory.CreateTempSubdirectory("nagare-torture-");
        return Task.FromResult(new Place($"Data Source={Path.Combine(folder.FullName, "journal.db")}", () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        }));
    }

    public override IJournalStorage Journal(string address, TimeSpan? busyTimeout = null)
    {
        var options = new SqliteJournalOptions { ConnectionString = address };
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        return new SqliteJournal(options);
    }

    public override async Task<DbConnection> Connect(string address)
    {
        var connection = new SqliteConnection(address + ";Pooling=False;Default Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    public override Task<DbTransaction> TakeHead(DbConnection connection) => Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override async Task<DbTransaction> StandBy(DbConnection connection)
    {
        var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: true);
        await Execute(connection, "select count(*) from nagare_types", transaction);
        return transaction;
    }

    public override async Task Insert(DbTransaction transaction, RawEvent e)
    {
        await using var command = new SqliteCommand(InsertEvent, (SqliteConnection)transaction.Connection!, (SqliteTransaction)transaction);
        command.Parameters.AddWithValue("@position", e.Position);
        command.Parameters.AddWithValue("@stream_id", e.StreamId);
        command.Parameters.AddWithValue("@version", e.Version);
        command.Parameters.AddWithValue("@event_id", e.EventId.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("@data", e.Data);
        await command.ExecuteNonQueryAsync();
    }

    // A killed process takes its connections along, and its locks with them.
    public override Task<long> CountSessions(string address) => Task.FromResult(0L);
}
