using System.Text;

namespace Nagare.Storage;

/// <summary>What a writer says to MySQL.</summary>
internal static class MySqlWriteStatements
{
    // Few enough that a statement stays small in the server's memory; more gain nothing.
    public const int MaxRowsOfInsert = 1_000;

    // The session is in READ COMMITTED, which the dialect sees to.
    public static readonly TransactionStatements Transactions = new("start transaction read write", "commit", "rollback");

    // The head is locked first and in a statement of its own: what follows must see what was committed while we waited. An update that changes nothing
    // locks, and gives no rows to read.
    public const string LockHead = """
        update nagare_head set id = 1 where id = 1
        """;

    // One seek to the end of each stream, said once for each, with union all between: a grouped maximum is a scan of whole streams to some planners.
    public const string ReadStreamHead = """
        (select stream_id, version, family from nagare_events force index (nagare_events_stream) where stream_id = ? order by version desc limit 1)
        """;

    // For more than a few streams: MySQL takes seconds over a union of a thousand parts, and squares with them. The collation is named, because
    // MariaDB keeps the answers of a subquery by the value it was asked with, and would take two ids that differ by case for one.
    public const string ReadManyStreamHeads = """
        select cast(asked.id as binary) as id,
            (select e.version from nagare_events e force index (nagare_events_stream) where e.stream_id = asked.id order by e.version desc limit 1) as version,
            cast((select e.family from nagare_events e force index (nagare_events_stream) where e.stream_id = asked.id order by e.version desc limit 1) as binary) as family
        from json_table(?, '$[*]' columns (
            id varchar(255) character set utf8mb4 collate /*!80017 utf8mb4_0900_bin */ /*M! utf8mb4_nopad_bin */ path '$')) asked
        having version is not null
        """;

    // Under the head's lock nobody else inserts a type meanwhile. The usual way, IGNORE, would let wrong values through with a warning.
    public const string InsertType = """
        insert into nagare_types (family, name, schema_version, `schema`, template)
        select @family, @name, @schema_version, @schema, @template from dual
        where not exists (select 1 from nagare_types where family = @family and name = @name and schema_version = @schema_version)
        """;

    private const string IntoEvents = """
        insert into nagare_events (
            position, version, recorded_at, occurred_at, schema_version, event_id, stream_id, family, type,
            correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data)
        """;

    private const string InsertEvents = $"{IntoEvents}\nvalues ";

    private const string EventRow = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    // That it is the last event shows when the next position can be taken. A table cannot be asked by the insert that writes to it, unless in a table
    // made of the answer.
    private const string HeadIsWhereItWasLeft = """
        exists (select 1 from (select recorded_at from nagare_events where position = ?) last where last.recorded_at = ?)
        """;

    private const string EventRowAtTheHead = $"""
        ((select if({HeadIsWhereItWasLeft}, ?, null) from nagare_head where id = 1 lock in share mode),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """;

    /// <summary>
    /// Inserts one event by itself, provided that the last one there is where this writer left the head; otherwise it inserts none. Values: as for
    /// <see cref="Insert"/>, then the head left. What <see cref="InsertAtTheHead"/> says of several, in the form that takes servers a tenth less of their time.
    /// </summary>
    public const string InsertOneAtTheHead = $"""
        {IntoEvents}
        select ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?
        from nagare_head h straight_join nagare_events last
        where h.id = 1 and last.position = ? and last.recorded_at = ?
        lock in share mode
        """;

    private const string InsertLinks = """
        insert into nagare_links (event_position, cause) values 
        """;

    private const string LinkRow = "(?,?)";

    private const string TakeHead = $"""
        update nagare_head
        set id = if({HeadIsWhereItWasLeft}
        """;

    private const string AndNoStream = """

                and not exists (select 1 from nagare_events force index (nagare_events_stream) where stream_id in (
        """;

    private const string AndNoEvent = """

                and not exists (select 1 from nagare_events force index (nagare_events_event_id) where event_id in (
        """;

    private const string OrFail = """
        , id, null)
        where id = 1
        """;

    /// <summary>The database that a caller has chosen, and the statement that sets again what a journal sets.</summary>
    public const string ReadSettings = """
        select database(), concat('set session sql_mode = ', quote(@@sql_mode), ', unique_checks = ', @@unique_checks, ', sql_safe_updates = ', @@sql_safe_updates,
            ', sql_select_limit = ', @@sql_select_limit, ', lock_wait_timeout = ', @@lock_wait_timeout, ', innodb_lock_wait_timeout = ', @@innodb_lock_wait_timeout)
        """;

    public const string Savepoint = """
        savepoint nagare_append
        """;

    public const string RollbackToSavepoint = """
        rollback to savepoint nagare_append
        """;

    public const string ReleaseSavepoint = """
        release savepoint nagare_append
        """;

    public const string InsertRestore = """
        insert into nagare_restores (restored_at, source, last_position) values (?, ?, ?)
        """;

    // Rows follow from events: one that is there already is the same. "Insert ignore" would pass over other errors too, and an update of what is
    // there needs a right that an application has not.
    public const string StoreTreeRow = """
        insert into nagare_tree (tree, level, ordinal, bytes)
        select @tree, @level, @ordinal, @bytes from dual
        where not exists (select 1 from nagare_tree t where t.tree = @tree and t.level = @level and t.ordinal = @ordinal)
        """;

    /// <summary>How many rows each of the statements has that insert so many.</summary>
    public static IEnumerable<int> InsertSizes(int rows)
    {
        for (; rows > 0; rows -= MaxRowsOfInsert)
        {
            yield return Math.Min(rows, MaxRowsOfInsert);
        }
    }

    /// <summary>Inserts this many events; a value for each column of each, in the order of the columns.</summary>
    public static string Insert(int events) => Repeat(InsertEvents, EventRow, ",", events);

    /// <summary>
    /// Inserts this many events by itself, provided that the last one there is where this writer left the head; otherwise it fails, because a position is
    /// never null. Values: the head left, then as for <see cref="Insert"/>.
    /// </summary>
    /// <remarks>
    /// It waits for whoever holds the head for longer than a statement. Two that do this at once meet in the primary key: the first position that is free
    /// is the same for both, and the second to take it fails. So who succeeds wrote right after what it had left, and what its plan rests on was true.
    /// </remarks>
    public static string InsertAtTheHead(int events) => Repeat(InsertEvents + EventRowAtTheHead, "," + EventRow, "", events - 1);

    /// <summary>Inserts this many links: position and cause of each.</summary>
    public static string Link(int links) => Repeat(InsertLinks, LinkRow, ",", links);

    /// <summary>Gives stream id, version and family of each stream that exists.</summary>
    public static string ReadStreamHeads(int streams) => Repeat("", ReadStreamHead, "\nunion all\n", streams);

    /// <summary>Statements of MariaDB, each with its semicolon, as one that is answered once.</summary>
    public static string Compound(string statements) => $"begin not atomic\n{statements}end";

    /// <summary>
    /// Locks the head, provided that the last event is where this writer left it and that neither of these streams nor these events exist; otherwise
    /// it fails, because the id is never null, and with it ends whatever follows in the batch. Values: the head left, the streams, the events.
    /// </summary>
    /// <remarks>
    /// What it says may be older than its wait for the lock. But whoever wrote meanwhile took the position that is inserted next, and that fails then.
    /// </remarks>
    public static string TakeHeadLeft(int missingStreams, int missingEvents) =>
        TakeHead
        + (missingStreams > 0 ? Repeat(AndNoStream, "?", ",", missingStreams) + "))" : "")
        + (missingEvents > 0 ? Repeat(AndNoEvent, "?", ",", missingEvents) + "))" : "")
        + OrFail;

    private static string Repeat(string first, string part, string between, int times)
    {
        var text = new StringBuilder(first, first.Length + ((part.Length + between.Length) * times));
        for (var i = 0; i < times; i++)
        {
            text.Append(i == 0 ? "" : between).Append(part);
        }

        return text.ToString();
    }
}
