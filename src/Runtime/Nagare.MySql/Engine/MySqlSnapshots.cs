using MySqlConnector;

namespace Nagare.Storage;

/// <summary>What keeps and finds snapshots on MySQL and MariaDB.</summary>
internal static class MySqlSnapshots
{
    private const string Read = """
        select version, position, recorded_at, event_id, schema_hash, checksum, data,
            (select e.event_id from nagare_events e where e.stream_id = s.stream_id and e.version = s.version)
        from nagare_snapshots s where stream_id = @stream_id and aggregate = @aggregate
        """;

    // The same on both servers, which have no common word for the row that was to be inserted.
    private const string Write = """
        replace into nagare_snapshots (stream_id, aggregate, version, position, recorded_at, event_id, schema_hash, checksum, data)
        values (@stream_id, @aggregate, @version, @position, @recorded_at, @event_id, @schema_hash, @checksum, @data)
        """;

    public static MySqlCommand CreateRead(MySqlConnection connection, string stream, string aggregate)
    {
        var command = new MySqlCommand(Read, connection);
        command.Parameters.AddWithValue("@stream_id", stream);
        command.Parameters.AddWithValue("@aggregate", aggregate);
        return command;
    }

    public static MySqlCommand CreateWrite(MySqlConnection connection, StoredSnapshot snapshot)
    {
        var command = new MySqlCommand(Write, connection);
        command.Parameters.AddWithValue("@stream_id", snapshot.StreamId);
        command.Parameters.AddWithValue("@aggregate", snapshot.Aggregate);
        command.Parameters.AddWithValue("@version", snapshot.Version);
        command.Parameters.AddWithValue("@position", snapshot.Position);
        command.Parameters.AddWithValue("@recorded_at", snapshot.RecordedAt);
        command.Parameters.AddWithValue("@event_id", snapshot.EventId.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("@schema_hash", snapshot.SchemaHash);
        command.Parameters.AddWithValue("@checksum", snapshot.Checksum);
        command.Parameters.AddWithValue("@data", snapshot.Data);
        return command;
    }
}
