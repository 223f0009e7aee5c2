using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A schema of a SQL Server database. The schema's name is the application's name too, by which the server tells its sessions.</summary>
internal sealed class SqlServerBackend : Backend
{
    public override string Name => "sqlserver";

    public override string Title => "SQL Server";

    public override string? Variable => "NAGARE_SQLSERVER";

    public override Task<Place> NewPlace(string server)
    {
        var schema = NewName();
        var address = new SqlConnectionStringBuilder(server) { ApplicationName = schema, ConnectTimeout = ConnectSeconds }.ConnectionString;
        return Task.FromResult(new Place(address, async () =>
        {
            await using var connection = await Connect(address);
            await SqlServerPlaces.DropSchema(connection, schema);
        }));
    }

    public override IJournalStorage Journal(string address, TimeSpan? busyTimeout = null)
    {
        var options = new SqlServerJournalOptions { ConnectionString = address, SchemaName = SchemaOf(address) };
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        return new SqlServerJournal(options);
    }

    public override async Task<DbConnection> Connect(string address)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<DbTransaction> TakeHead(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, $"update [{SchemaOf(connection.ConnectionString)}].nagare_head set position = position where id = 1", transaction);
        return transaction;
    }

    public override async Task<DbTransaction> StandBy(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await Execute(connection, $"select count(*) from [{SchemaOf(connection.ConnectionString)}].nagare_types", transaction);
        return transaction;
    }

    public override async Task<long> LastPosition(DbTransaction transaction)
    {
        var connection = (SqlConnection)transaction.Connection!;
        await using var command = new SqlCommand($"select coalesce(max(position), 0) from [{SchemaOf(connection.ConnectionString)}].nagare_events", connection, (SqlTransaction)transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async Task Insert(DbTransaction transaction, RawEvent e)
    {
        var connection = (SqlConnection)transaction.Connection!;
        var sql = $"""
            insert into [{SchemaOf(connection.ConnectionString)}].nagare_events (position, version, recorded_at, schema_version, event_id, stream_id, family, type, salt, content_hash, data)
            values (@position, @version, 0, 1, @event_id, cast(@stream_id as varbinary(255)), cast('torture' as varbinary(255)), cast('endured' as varbinary(255)), 0x00, 0x00, @data)
            """;
        await using var command = new SqlCommand(sql, connection, (SqlTransaction)transaction);
        command.Parameters.AddWithValue("@position", e.Position);
        command.Parameters.AddWithValue("@version", e.Version);
        command.Parameters.AddWithValue("@event_id", e.EventId.ToByteArray(bigEndian: true));
        command.Parameters.Add(new SqlParameter("@stream_id", SqlDbType.VarChar) { Value = e.StreamId });
        command.Parameters.AddWithValue("@data", e.Data);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<long> CountSessions(string address)
    {
        await using var connection = (SqlConnection)await Connect(address);
        await using var command = new SqlCommand("select count(*) from sys.dm_exec_sessions where program_name = @name and session_id <> @@spid", connection);
        command.Parameters.AddWithValue("@name", SchemaOf(address));
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public override DnsEndPoint EndPointOf(string address) => SqlServerPlaces.EndPointOf(new SqlConnectionStringBuilder(address).DataSource)
        ?? throw new InvalidOperationException($"{Variable} names an instance; a proxy needs its port.");

    public override string At(string address, DnsEndPoint endPoint) =>
        new SqlConnectionStringBuilder(address) { DataSource = string.Create(CultureInfo.InvariantCulture, $"tcp:{endPoint.Host},{endPoint.Port}") }.ConnectionString;

    private static string SchemaOf(string address) => new SqlConnectionStringBuilder(address).ApplicationName;
}
