using System.Data;
using Nagare.Benchmarks.Events;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Benchmarks.Servers.PostgreSql;

/// <summary>The fastest ways to these rows on PostgreSQL that we know: one prepared statement each, no transaction around it, the payload as bytes.</summary>
internal sealed class RawPostgreSql : IRawJournal
{
    private const string InsertSql = """
        insert into nagare_events (version, recorded_at, schema_version, event_id, stream_id, family, type, correlation_id, actor, salt, content_hash, data)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string BatchSql = """
        insert into nagare_events (version, recorded_at, schema_version, event_id, stream_id, family, type, correlation_id, actor, salt, content_hash, data)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string PageSql = """
        select version, type, data from nagare_events where stream_id = $1 and version > $2 order by version limit 1000
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly NpgsqlCommand _batch;
    private readonly NpgsqlCommand _page;

    private RawPostgreSql(NpgsqlConnection connection)
    {
        _connection = connection;
        _insert = Command(
            InsertSql, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Integer, NpgsqlDbType.Uuid, NpgsqlDbType.Text, NpgsqlDbType.Text,
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea);
        _batch = Command(BatchSql, [.. _insert.Parameters.Select(parameter => NpgsqlDbType.Array | parameter.NpgsqlDbType)]);
        _page = Command(PageSql, NpgsqlDbType.Text, NpgsqlDbType.Bigint);
    }

    public static async Task<RawPostgreSql> Connect(string connectionString, string schema)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var journal = new RawPostgreSql(connection);
        await journal._insert.PrepareAsync();
        await journal._batch.PrepareAsync();
        await journal._page.PrepareAsync();
        return journal;
    }

    public Task Insert(RawEvent e)
    {
        Give(_insert, e.Version, e.RecordedAt, 1, e.EventId, e.Stream, RawEvent.Family, RawEvent.Type, e.Stream, RawEvent.Actor, e.Salt, e.Hash, e.Data);
        return _insert.ExecuteNonQueryAsync();
    }

    public async Task InsertInTransaction(RawEvent e)
    {
        await using var transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await Insert(e);
        await transaction.CommitAsync();
    }

    public Task InsertBatch(IReadOnlyList<RawEvent> events)
    {
        Give(
            _batch, Column(events, e => e.Version), Column(events, e => e.RecordedAt), Column(events, _ => 1), Column(events, e => e.EventId), Column(events, e => e.Stream),
            Column(events, _ => RawEvent.Family), Column(events, _ => RawEvent.Type), Column(events, e => e.Stream), Column(events, _ => RawEvent.Actor),
            Column(events, e => e.Salt), Column(events, e => e.Hash), Column(events, e => e.Data));
        return _batch.ExecuteNonQueryAsync();
    }

    public Task<long> Replay(string stream) => RawReplay.Fold(
        after =>
        {
            Give(_page, stream, after);
            return new(_page);
        },
        row => row.GetString(1) == RawEvent.Type);

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _batch.DisposeAsync();
        await _page.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static T[] Column<T>(IReadOnlyList<RawEvent> events, Func<RawEvent, T> value) => [.. events.Select(value)];

    private static void Give(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlDbType> types)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        return command;
    }
}
