using System.Data.Common;
using System.Net;
using Nagare.Storage;
using Npgsql;

namespace Nagare.Torture;

/// <summary>A schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlBackend : Backend
{
    private const string InsertEvent = """
        insert into nagare_events (position, version, recorded_at, schema_version, event_id, stream_id, family, type, salt, content_hash, data)
        values ($1, $2, 0, 1, $3, $4, 'torture', 'endured', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), $5)
        """;

    private const string Sessions = """
        select count(*) from pg_stat_activity where application_name = $1
        """;

    private const string SessionProcess = """
        select pid from pg_stat_activity where application_name = $1 order by random() limit 1
        """;

    public override string Name => "postgres";

    public override string Title => "PostgreSQL";

    public override string? Variable => "NAGARE_POSTGRES";

    // The schema's name is the application's name too, by which the server tells its sessions.
    public override Task<Place> NewPlace(string server)
    {
        var name = NewName();
        var address = new NpgsqlConnectionStringBuilder(server) { SearchPath = name, ApplicationName = name, Timeout = ConnectSeconds }.ConnectionString;
        return Task.FromResult(new Place(address, async () =>
        {
            await using var connection = await Connect(address);
            await Execute(connection, $"set client_min_messages = warning; drop schema if exists {name} cascade");
        }));
    }

    public override IJournalStorage Journal(string address, TimeSpan? busyTimeout = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(address);
        var options = new PostgreSqlJournalOptions { SchemaName = builder.SearchPath! };
        builder.SearchPath = null;
        options.ConnectionString = builder.ConnectionString;
        options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        return new PostgreSqlJournal(options);
    }

    public override async Task<DbConnection> Connect(string address)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { ApplicationName = "Nagare's torture", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<DbTransaction> TakeHead(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, "select position from nagare_head for update", transaction);
        return transaction;
    }

    public override async Task<DbTransaction> StandBy(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, "select pg_current_xact_id(), count(*) from nagare_types", transaction);
        return transaction;
    }

    public override async Task Insert(DbTransaction transaction, RawEvent e)
    {
        await using var command = new NpgsqlCommand(InsertEvent, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        command.Parameters.Add(new() { Value = e.Position });
        command.Parameters.Add(new() { Value = e.Version });
        command.Parameters.Add(new() { Value = e.EventId });
        command.Parameters.Add(new() { Value = e.StreamId });
        command.Parameters.Add(new() { Value = e.Data });
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<long> CountSessions(string address) => (long)(await AskOfSessions(address, Sessions))!;

    public override async Task<int?> FindSessionProcess(string address) => (int?)await AskOfSessions(address, SessionProcess);

    public override DnsEndPoint EndPointOf(string address)
    {
        var builder = new NpgsqlConnectionStringBuilder(address);
        return new DnsEndPoint(builder.Host!, builder.Port);
    }

    public override string At(string address, DnsEndPoint endPoint) =>
        new NpgsqlConnectionStringBuilder(address) { Host = endPoint.Host, Port = endPoint.Port }.ConnectionString;

    private async Task<object?> AskOfSessions(string address, string sql)
    {
        await using var connection = (NpgsqlConnection)await Connect(address);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(address).ApplicationName });
        return await command.ExecuteScalarAsync();
    }
}
