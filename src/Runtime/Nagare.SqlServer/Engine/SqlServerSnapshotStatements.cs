namespace Nagare.Storage;

/// <summary>What keeps and finds snapshots on SQL Server. Texts are bytes there, as in the other tables.</summary>
internal sealed class SqlServerSnapshotStatements(SqlServerStatementList list)
{
    public string ReadSnapshot { get; } = list.Add($"""
        select s.version, s.position, s.recorded_at, s.event_id, s.schema_hash, s.checksum, s.data,
            (select e.event_id from [{list.SchemaName}].nagare_events e where e.stream_id = s.stream_id and e.version = s.version)
        from [{list.SchemaName}].nagare_snapshots s where s.stream_id = @stream_id and s.aggregate = @aggregate
        """);

    // Two that keep a first snapshot at once may meet at the key: one is lost, and made again later.
    public string WriteSnapshot { get; } = list.Add($"""
        update [{list.SchemaName}].nagare_snapshots
        set version = @version, position = @position, recorded_at = @recorded_at, event_id = @event_id, schema_hash = @schema_hash, checksum = @checksum, data = @data
        where stream_id = @stream_id and aggregate = @aggregate;
        if @@rowcount = 0
            insert into [{list.SchemaName}].nagare_snapshots (stream_id, aggregate, version, position, recorded_at, event_id, schema_hash, checksum, data)
            values (@stream_id, @aggregate, @version, @position, @recorded_at, @event_id, @schema_hash, @checksum, @data);
        """);
}
