namespace Nagare.Storage;

/// <summary>What a writer says to SQL Server.</summary>
/// <remarks>
/// Each is a batch of its own on the server. Where several go over in one trip, the server goes on with the next one after an error, which has
/// ended the transaction; so those that change something first make sure that there is one. No hint takes part in locking: the head is taken
/// by updating it, which holds under locking and under row versions, on SQL Server and on Babelfish.
/// </remarks>
internal sealed class SqlServerWriteStatements(SqlServerStatementList list)
{
    private const string EventColumns = """
        position, version, recorded_at, occurred_at, schema_version, event_id, stream_id, family, type,
            correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data
        """;

    private const string EventColumnsOfRows = """
        r.position, r.version, r.recorded_at, r.occurred_at, r.schema_version, r.event_id, r.stream_id, r.family, r.type,
            r.correlation_id, r.causation_id, r.traceparent, r.actor, r.subject, r.salt, r.content_hash, r.metadata, r.data
        """;

    // The first statement waits for whoever holds the head; the second, begun later, sees what was committed meanwhile.
    public string LockHead { get; } = list.Add($"""
        update [{list.SchemaName}].nagare_head set position = position where id = 1;
        select position, recorded_at from [{list.SchemaName}].nagare_head where id = 1;
        """);

    public string ReadStreamHeads { get; } = list.Add($"""
        select last.stream_id, last.version, last.family
        from (
            select r.stream_id, (select max(e.version) from [{list.SchemaName}].nagare_events e where e.stream_id = r.stream_id) as version
            from @rows r) asked
        join [{list.SchemaName}].nagare_events last on last.stream_id = asked.stream_id and last.version = asked.version
        """);

    public string InsertTypes { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that types were to be stored in has ended', 1;
        end;
        insert into [{list.SchemaName}].nagare_types (family, name, schema_version, [schema], template)
        select r.family, r.type, r.schema_version, r.data, r.metadata
        from @rows r
        where not exists (
            select 1 from [{list.SchemaName}].nagare_types t where t.family = r.family and t.name = r.type and t.schema_version = r.schema_version);
        """);

    /// <summary>Inserts events with consecutive positions and their links, and refuses to have lost any event.</summary>
    /// <remarks>They are counted in the table: where a trigger inserts instead, the server counts what it was given.</remarks>
    public string InsertEvents { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that events were to be stored in has ended', 1;
        end;
        {InsertRows(list.SchemaName)}
        """);

    public string Advance { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that the head was to be moved in has ended', 1;
        end;
        update [{list.SchemaName}].nagare_head set position = @position, recorded_at = @recorded_at where id = 1;
        """);

    /// <summary>
    /// All of an append in one batch, provided that the head is where this writer left it. It gives whether it was.
    /// </summary>
    /// <remarks>
    /// The update waits for whoever holds the head, and compares when it has it. If it still is where we left it, nobody committed since; the
    /// statements after it, begun later, say what is missing, and what the plan rests on besides was read at this head.
    /// </remarks>
    public string AppendAtOnce { get; } = list.Add($"""
        declare @moved int;
        begin transaction;
        update [{list.SchemaName}].nagare_head set position = @position, recorded_at = @recorded_at
        where id = 1 and position = @head_position and recorded_at = @head_recorded_at;
        set @moved = @@rowcount;
        if @moved = 1
            and not exists (select 1 from @rows r join [{list.SchemaName}].nagare_events e on e.stream_id = r.stream_id where r.kind = 3)
            and not exists (select 1 from @rows r join [{list.SchemaName}].nagare_events e on e.event_id = r.event_id where r.kind = 4)
        begin
            {InsertRows(list.SchemaName)}
            commit transaction;
            select 1;
        end
        else
        begin
            rollback transaction;
            select 0;
        end;
        """);

    public string InsertRestore { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that a restore was to be recorded in has ended', 1;
        end;
        insert into [{list.SchemaName}].nagare_restores (restored_at, source, last_position) values (@restored_at, @source, @last_position);
        """);

    private static string InsertRows(string schema) => $"""
        declare @inserted int, @message nvarchar(200);
        insert into [{schema}].nagare_events (
            {EventColumns})
        select
            {EventColumnsOfRows}
        from @rows r
        where r.kind = 1;
        if @links > 0
        begin
            insert into [{schema}].nagare_links (event_position, cause)
            select distinct r.position, r.causation_id from @rows r where r.kind = 2;
        end;
        select @inserted = count(*) from [{schema}].nagare_events where position >= @first and position <= @last;
        if @inserted <> @last - @first + 1
        begin
            set @message = concat('The database reports ', @inserted, ' rows inserted where ', @last - @first + 1, ' events were given to it');
            throw 59002, @message, 1;
        end;
        """;
}
