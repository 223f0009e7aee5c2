namespace Nagare.Storage;

/// <summary>What a writer says to SQL Server.</summary>
/// <remarks>
/// Each is a batch of its own on the server. Where several go over in one trip, the server goes on with the next one after an error, which has
/// ended the transaction; so those that change something first make sure that there is one. No hint takes part in locking: the head is taken
/// by updating it, which holds under locking and under row versions, on SQL Server and on Babelfish.
/// What a batch brings goes over packed, as <see cref="SqlServerPacking"/> says, and a table of numbers takes it apart. The limit in each inner query
/// also keeps it from being merged into the outer one, where a header would be cut out anew for every column.
/// </remarks>
internal sealed class SqlServerWriteStatements(SqlServerStatementList list)
{
    // The first statement waits for whoever holds the head; the second, begun later, sees what was committed meanwhile.
    public string LockHead { get; } = list.Add($"""
        update [{list.SchemaName}].nagare_head set position = position where id = 1;
        select position, recorded_at from [{list.SchemaName}].nagare_head where id = 1;
        """);

    /// <summary>There may be more streams than numbers, so pairs of numbers count them.</summary>
    public string ReadStreamHeads { get; } = list.Add($"""
        select last.stream_id, last.version, last.family
        from (
            select
                found.stream_id,
                (select top (1) e.version from [{list.SchemaName}].nagare_events e where e.stream_id = found.stream_id order by e.stream_id desc, e.version desc) as version
            from (
                select top (@streams_count)
                    cast(substring(@streams,
                        cast(substring(@streams, (a.n * 1000 + b.n) * 8 + 1, 4) as int),
                        cast(substring(@streams, (a.n * 1000 + b.n) * 8 + 5, 4) as int)) as varbinary(255)) as stream_id
                from [{list.SchemaName}].nagare_numbers a
                join [{list.SchemaName}].nagare_numbers b on b.n < @streams_count - a.n * 1000
                where a.n <= (@streams_count - 1) / 1000) found) asked
        join [{list.SchemaName}].nagare_events last on last.stream_id = asked.stream_id and last.version = asked.version
        """);

    public string InsertType { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that a type was to be stored in has ended', 1;
        end;
        insert into [{list.SchemaName}].nagare_types (family, name, schema_version, [schema], template)
        select @family, @name, @schema_version, @schema, @template
        where not exists (
            select 1 from [{list.SchemaName}].nagare_types t where t.family = @family and t.name = @name and t.schema_version = @schema_version);
        """);

    /// <summary>Inserts events with consecutive positions and their links, and refuses to have lost any event.</summary>
    public string InsertEvents { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that events were to be stored in has ended', 1;
        end;
        {InsertPacked(list.SchemaName)}
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
        if @moved = 1 and @streams_count > 0 and exists (
            select 1
            from (
                select top (@streams_count)
                    cast(substring(@streams,
                        cast(substring(@streams, n.n * 8 + 1, 4) as int), cast(substring(@streams, n.n * 8 + 5, 4) as int)) as varbinary(255)) as stream_id
                from [{list.SchemaName}].nagare_numbers n order by n.n) missing
            join [{list.SchemaName}].nagare_events e on e.stream_id = missing.stream_id)
        begin
            set @moved = 0;
        end;
        if @moved = 1 and @event_ids_count > 0 and exists (
            select 1
            from (
                select top (@event_ids_count)
                    cast(substring(@event_ids,
                        cast(substring(@event_ids, n.n * 8 + 1, 4) as int), cast(substring(@event_ids, n.n * 8 + 5, 4) as int)) as binary(16)) as event_id
                from [{list.SchemaName}].nagare_numbers n order by n.n) missing
            join [{list.SchemaName}].nagare_events e on e.event_id = missing.event_id)
        begin
            set @moved = 0;
        end;
        if @moved = 1
        begin
            {InsertPacked(list.SchemaName)}
            commit transaction;
            select 1;
        end
        else
        begin
            rollback transaction;
            select 0;
        end;
        """);

    // Rows follow from events: one that is there already is the same. Whoever stores one at the same moment meets the key, and then finds it.
    public string StoreTreeRow { get; } = list.Add($"""
        insert into [{list.SchemaName}].nagare_tree (tree, level, ordinal, bytes)
        select @tree, @level, @ordinal, @bytes
        where not exists (select 1 from [{list.SchemaName}].nagare_tree t where t.tree = @tree and t.level = @level and t.ordinal = @ordinal)
        """);

    public string InsertRestore { get; } = list.Add($"""
        if @@trancount = 0
        begin
            throw 59003, 'The transaction that a restore was to be recorded in has ended', 1;
        end;
        insert into [{list.SchemaName}].nagare_restores (restored_at, source, last_position) values (@restored_at, @source, @last_position);
        """);

    // They are counted in the table: where a trigger inserts instead, the server counts what it was given.
    private static string InsertPacked(string schema) => $"""
        declare @inserted bigint, @message nvarchar(200);
        insert into [{schema}].nagare_events (
            position, version, recorded_at, occurred_at, schema_version, event_id, stream_id, family, type,
            correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data)
        select
            cast(substring(h.head, 1, 8) as bigint),
            cast(substring(h.head, 9, 8) as bigint),
            cast(substring(h.head, 17, 8) as bigint),
            case when substring(h.head, 25, 1) = 0x01 then cast(substring(h.head, 26, 8) as bigint) end,
            cast(substring(h.head, 34, 4) as int),
            cast(substring(h.head, 38, 16) as binary(16)),
            {Field(54)},
            {Field(58)},
            {Field(62)},
            {Field(66)},
            {Field(70)},
            {Field(74)},
            {Field(78)},
            {Field(82)},
            {Field(86)},
            {Field(90)},
            substring(@events, nullif(cast(substring(h.head, 94, 4) as int), 0), cast(substring(h.head, 98, 4) as int)),
            substring(@events, cast(substring(h.head, 102, 4) as int), cast(substring(h.head, 106, 4) as int))
        from (
            select top (@events_count)
                cast(substring(@events,
                    cast(substring(@events, n.n * 8 + 1, 4) as int), cast(substring(@events, n.n * 8 + 5, 4) as int)) as varbinary(8000)) as head
            from [{schema}].nagare_numbers n order by n.n) h;
        if @links_count > 0
        begin
            insert into [{schema}].nagare_links (event_position, cause)
            select distinct cast(substring(l.link, 1, 8) as bigint), cast(substring(l.link, 9, 255) as varbinary(255))
            from (
                select top (@links_count)
                    cast(substring(@links,
                        cast(substring(@links, n.n * 8 + 1, 4) as int), cast(substring(@links, n.n * 8 + 5, 4) as int)) as varbinary(8000)) as link
                from [{schema}].nagare_numbers n order by n.n) l;
        end;
        select @inserted = count(*) from [{schema}].nagare_events where position >= @first and position < @first + @events_count;
        if @inserted <> @events_count
        begin
            set @message = concat('The database reports ', @inserted, ' rows inserted where ', @events_count, ' events were given to it');
            throw 59002, @message, 1;
        end;
        """;

    // Offset and length of a short field stand at a fixed place of the header; the offset 0 is null.
    private static string Field(int at) => FormattableString.Invariant(
        $"cast(substring(h.head, nullif(cast(substring(h.head, {at}, 2) as int), 0), cast(substring(h.head, {at + 2}, 2) as int)) as varbinary(255))");
}
