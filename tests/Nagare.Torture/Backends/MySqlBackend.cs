using System.Data.Common;
using System.Net;
using MySqlConnector;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A database of a MySQL or MariaDB server.</summary>
internal sealed class MySqlBackend(string name, string title, string variable) : Backend
{
    private const string InsertEvent = """
        insert into nagare_events (position, version, recorded_at, schema_version, event_id, stream_id, family, type, salt, content_hash, data)
        values (@position, @version, 0, 1, @event_id, @stream_id, 'torture', 'endured', repeat('0', 16), repeat('0', 32), @data)
        """;

    public static MySqlBackend MariaDb { get; } = new("mariadb", "MariaDB", "NAGARE_MARIADB");

    public static MySqlBackend MySql { get; } = new("mysql", "MySQL", "NAGARE_MYSQL");

    public override string Name => name;

    public override string Title => title;

    public override string? Variable => variable;

    public override Task<Place> NewPlace(string server)
    {
        var database = NewName();
        return Task.FromResult(new Place(new MySqlConnectionStringBuilder(server) { Database = database, ConnectionTimeout = ConnectSeconds }.ConnectionString, async () =>
        {
            await using var connection = await Connect(server);
            await Execute(connection, $"drop database if exists {database}");
        }));
    }

    public override IJournalStorage Journal(string address, TimeSpan? busyTimeout = null)
    {
        var options = new MySqlJournalOptions { ConnectionString = address };
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        return new MySqlJournal(options);
    }

    public override async Task<DbConnection> Connect(string address)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<DbTransaction> TakeHead(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, "select id from nagare_head for update", transaction);
        return transaction;
    }

    // With a snapshot that is as old as the transaction.
    public override async Task<DbTransaction> StandBy(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await Execute(connection, "select count(*) from nagare_types", transaction);
        return transaction;
    }

    public override async Task Insert(DbTransaction transaction, RawEvent e)
    {
        await using var command = new MySqlCommand(InsertEvent, (MySqlConnection)transaction.Connection!, (MySqlTransaction)transaction);
        command.Parameters.AddWithValue("@position", e.Position);
        command.Parameters.AddWithValue("@version", e.Version);
        command.Parameters.AddWithValue("@event_id", e.EventId.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("@stream_id", e.StreamId);
        command.Parameters.AddWithValue("@data", e.Data);
        await command.ExecuteNonQueryAsync();
    }

    // Not a query of the same table: it would have to convert what sessions run, which may be any bytes.
    public override async Task<long> CountSessions(string address)
    {
        var builder = new MySqlConnectionStringBuilder(address);
        var database = builder.Database;
        builder.Database = "";
        await using var connection = (MySqlConnection)await Connect(builder.ConnectionString);
        await using var command = new MySqlCommand("show processlist", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var (column, count) = (rows.GetOrdinal("db"), 0L);
        while (await rows.ReadAsync())
        {
            count += !await rows.IsDBNullAsync(column) && rows.GetString(column) == database ? 1 : 0;
        }

        return count;
    }

    public override DnsEndPoint EndPointOf(string address)
    {
        var builder = new MySqlConnectionStringBuilder(address);
        return new DnsEndPoint(builder.Server, (int)builder.Port);
    }

    public override string At(string address, DnsEndPoint endPoint) =>
        new MySqlConnectionStringBuilder(address) { Server = endPoint.Host, Port = (uint)endPoint.Port }.ConnectionString;
}
