using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>What keeps and finds snapshots on PostgreSQL.</summary>
internal static class PostgreSqlSnapshots
{
    private const string Read = """
        select version, position, recorded_at, event_id, schema_hash, checksum, data,
            (select e.event_id from nagare_events e where e.stream_id = s.stream_id and e.version = s.version)
        from nagare_snapshots s where stream_id = $1 and aggregate = $2
        """;

    private const string Write = """
        insert into nagare_snapshots (stream_id, aggregate, version, position, recorded_at, event_id, schema_hash, checksum, data)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (stream_id, aggregate) do update set
            version = excluded.version, position = excluded.position, recorded_at = excluded.recorded_at, event_id = excluded.event_id,
            schema_hash = excluded.schema_hash, checksum = excluded.checksum, data = excluded.data
        """;

    public static NpgsqlCommand CreateRead(NpgsqlConnection connection, string stream, string aggregate)
    {
        var command = new NpgsqlCommand(Read, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = aggregate, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    public static NpgsqlCommand CreateWrite(NpgsqlConnection connection, StoredSnapshot snapshot)
    {
        var command = new NpgsqlCommand(Write, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = snapshot.StreamId, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = snapshot.Aggregate, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = snapshot.Version, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = snapshot.Position, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = snapshot.RecordedAt, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = snapshot.EventId, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = snapshot.SchemaHash, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = snapshot.Checksum, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = snapshot.Data, NpgsqlDbType = NpgsqlDbType.Bytea });
        return command;
    }
}
