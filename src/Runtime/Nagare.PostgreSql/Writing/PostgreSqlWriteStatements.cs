namespace Nagare.Storage;

/// <summary>What a writer says to PostgreSQL.</summary>
internal static class PostgreSqlWriteStatements
{
    public static readonly TransactionStatements Transactions = new("begin isolation level read committed read write", "commit", "rollback");

    // The head is locked first and in a statement of its own: what follows must see what was committed while we waited.
    public const string LockHead = """
        select position, recorded_at from nagare_head for update
        """;

    public const string ReadStreamHeads = """
        select asked.id, last.version, last.family
        from unnest($1) as asked(id)
        cross join lateral (select version, family from nagare_events where stream_id = asked.id order by version desc limit 1) as last
        """;

    /// <summary>The same of one stream, which is planned in half the time where nothing is prepared.</summary>
    public const string ReadStreamHead = """
        select stream_id, version, family from nagare_events where stream_id = $1 order by version desc limit 1
        """;

    public const string InsertTypes = """
        insert into nagare_types (family, name, schema_version, schema, template)
        select * from unnest($1, $2, $3, $4, $5)
        on conflict (family, name, schema_version) do nothing
        """;

    private const string EventColumns = """
        position, version, recorded_at, occurred_at, schema_version, event_id, stream_id, family, type,
                correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data
        """;

    private const string EventScalars = """
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
        """;

    private const string EventArrays = """
        unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;

    /// <summary>Inserts events and refuses to have lost any. $1 to $18: the columns as arrays.</summary>
    public const string InsertEvents = $"""
        with inserted as (
            insert into nagare_events (
                {EventColumns})
            select * from {EventArrays}
            returning 1)
        select case when count(*) <> cardinality($1) then nagare_miscounted(count(*), cardinality($1)) end from inserted
        """;

    /// <summary>The same for one event. $1 to $18: the columns.</summary>
    public const string InsertEvent = $"""
        with inserted as (
            insert into nagare_events (
                {EventColumns})
            values ({EventScalars})
            returning 1)
        select case when not exists (select from inserted) then nagare_miscounted(0, 1) end
        """;

    /// <summary>One cause may be given twice; it is kept once.</summary>
    public const string InsertLinks = """
        insert into nagare_links (event_position, cause) select * from unnest($1, $2) on conflict (cause, event_position) do nothing
        """;

    public const string Advance = """
        update nagare_head set position = $1, recorded_at = $2
        """;

    /// <summary>
    /// All of an append in one statement, provided that the head is where this writer left it ($21, $22). It gives whether it was.
    /// </summary>
    /// <remarks>
    /// The update waits for whoever holds the head, and looks at it again when it has it. If it still is where we left it, nobody committed
    /// since, and as our own commit was acknowledged before this statement began, the statement's snapshot holds everything there is: so
    /// what it says about missing streams ($23) and events ($24) is true as well, and what the plan rests on besides was read at this head.
    /// $19, $20: the links.
    /// </remarks>
    public const string AppendAtOnce = $"""
        with head as (
            update nagare_head set position = $25, recorded_at = $26
            where position = $21 and recorded_at = $22
              and not exists (select from unnest($23) as missing(id) join nagare_events on stream_id = missing.id)
              and not exists (select from unnest($24) as missing(id) join nagare_events on event_id = missing.id)
            returning 1),
        inserted as (
            insert into nagare_events (
                {EventColumns})
            select event.* from head cross join {EventArrays} as event
            returning 1),
        linked as (
            insert into nagare_links (event_position, cause)
            select link.* from head cross join unnest($19, $20) as link
            on conflict (cause, event_position) do nothing)
        select case
            when not exists (select from head) then 0
            when (select count(*) from inserted) <> cardinality($1) then nagare_miscounted((select count(*) from inserted), cardinality($1))
            else 1 end
        """;

    /// <summary>
    /// The same for one event without links, which is what most appends are, each column a parameter: neither side makes or takes apart an array.
    /// $1 to $18: the columns, whose position and time are the head's as well; $19, $20: the head that was left; $21: an event taken not to be stored, or null.
    /// </summary>
    public const string AppendOneAtOnce = $"""
        with head as (
            update nagare_head set position = $1, recorded_at = $3
            where position = $19 and recorded_at = $20 and not exists (select from nagare_events where event_id = $21)
            returning 1),
        inserted as (
            insert into nagare_events (
                {EventColumns})
            select {EventScalars} from head
            returning 1)
        select case
            when not exists (select from head) then 0
            when not exists (select from inserted) then nagare_miscounted(0, 1)
            else 1 end
        """;

    /// <summary>What names mean on a connection of the caller's own, and the journal's schema after that: code that takes part finds its tables as it does elsewhere.</summary>
    public const string UseCallersPath = """
        select set_config('search_path', concat_ws(', ', nullif((select reset_val from pg_catalog.pg_settings where name = 'search_path'), ''), current_setting('search_path')), true)
        """;

    public const string Savepoint = """
        savepoint nagare_append
        """;

    public const string ReadSettings = """
        select current_setting('search_path'), current_setting('lock_timeout')
        """;

    public const string RestoreSettings = """
        select set_config('search_path', $1, true), set_config('lock_timeout', $2, true)
        """;

    public const string RollbackToSavepoint = """
        rollback to savepoint nagare_append
        """;

    public const string ReleaseSavepoint = """
        release savepoint nagare_append
        """;

    public const string InsertRestore = """
        insert into nagare_restores (restored_at, source, last_position) values ($1, $2, $3)
        """;

    // Rows follow from events: one that is there already is the same.
    public const string StoreTreeRow = """
        insert into nagare_tree (tree, level, ordinal, bytes) values (@tree, @level, @ordinal, @bytes)
        on conflict (tree, level, ordinal) do nothing
        """;
}
