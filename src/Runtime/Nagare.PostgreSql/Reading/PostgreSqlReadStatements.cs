namespace Nagare.Storage;

/// <summary>What a reader says to PostgreSQL: one statement for each path, direction and set of columns.</summary>
/// <remarks>
/// Each goes from its bound along one index and stops at the limit; none sorts or scans, which a test asks PostgreSQL itself.
/// Parameters: $1 after, $2 until, $3 limit, $4 key; on the occurred path $4 after this time, $5 until this time; an event id is $1.
/// </remarks>
internal static class PostgreSqlReadStatements
{
    /// <summary>
    /// What a session sets before it reads: the planner guesses by statistics, which are missing or wrong in a young and in a growing table,
    /// and a page along an index is the right plan at every size. Off means "only where there is no other way".
    /// </summary>
    public const string PlanSettings = """
        set enable_seqscan = off;
        set enable_bitmapscan = off;
        set enable_sort = off;
        set enable_incremental_sort = off;
        set enable_hashjoin = off;
        set enable_mergejoin = off;
        set enable_material = off;
        set max_parallel_workers_per_gather = 0;
        set jit = off;
        """;

    /// <summary>What a fold takes; the first columns of the others too, so that one reader serves both.</summary>
    private const string FoldColumns = """
        position, stream_id, version, family, type, schema_version, recorded_at, data
        """;

    private const string Columns = """
        position, stream_id, version, family, type, schema_version, recorded_at, data,
            event_id, occurred_at, correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata
        """;

    // The positions of an append's events are consecutive, as their ids are, so that the limit says nothing new; it tells the planner that few rows will come.
    public const string Append = $"""
        select {Columns}
        from nagare_events
        where position >= (select position from nagare_events where event_id = $1)
          and position < (select position from nagare_events where event_id = $1) + $2
        order by position
        limit $2
        """;

    public const string ReadHead = """
        select position, recorded_at from nagare_head
        """;

    public const string ReadTypes = """
        select family, name, schema_version, schema, template from nagare_types
        """;

    public const string ReadRestores = """
        select restored_at, source, last_position from nagare_restores order by id
        """;

    public const string ReadTreeRows = """
        select ordinal, bytes from nagare_tree
        where tree = @tree and level = @level and ordinal >= @first
        order by tree, level, ordinal limit @limit
        """;

    public const string ReadLastTreeIndex = """
        select max(ordinal) from nagare_tree where tree = @tree and level = @level
        """;

    /// <summary>The statement of a path; a path that no fold takes gives all columns, of which a fold reads the first.</summary>
    public static string For(StoredPath path, ReadDirection direction, StoredDetail detail)
    {
        var columns = detail == StoredDetail.Fold && path is (StoredPath.Journal or StoredPath.Stream) ? FoldColumns : Columns;
        var descending = direction == ReadDirection.Backwards ? " desc" : "";
        return path switch
        {
            StoredPath.Journal => $"""
                select {columns}
                from nagare_events
                where position > $1 and position <= $2
                order by position{descending} limit $3
                """,
            StoredPath.Stream => $"""
                select {columns}
                from nagare_events
                where stream_id = $4 and version > $1 and version <= $2
                order by version{descending} limit $3
                """,
            StoredPath.Correlation => ByKey("correlation_id", descending),
            StoredPath.Subject => ByKey("subject", descending),
            StoredPath.Occurred => $"""
                select {Columns}
                from nagare_events
                where occurred_at is not null and (occurred_at, position) > ($4, $1) and (occurred_at, position) <= ($5, $2)
                order by occurred_at{descending}, position{descending} limit $3
                """,
            StoredPath.Cause => ByCause(descending),
            StoredPath.EventId => $"""
                select {Columns}
                from nagare_events
                where event_id = $1
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
        };
    }

    private static string ByKey(string column, string descending) => $"""
        select {Columns}
        from nagare_events
        where {column} = $4 and position > $1 and position <= $2
        order by position{descending} limit $3
        """;

    // Two indexes are walked side by side and merged by position; each found event is then fetched by its key. One that names a cause as its
    // parent and again as a further cause comes once, by its parent. The pairs keep the planner from walking the links of all events in
    // between, which it takes for few when it does not know the bounds.
    private static string ByCause(string descending) => $"""
        select e.*
        from (
            (select position as at from nagare_events where causation_id = $4 and position > $1 and position <= $2
             order by position{descending} limit $3)
            union all
            (select event_position from nagare_links
             where cause = $4 and (cause, event_position) > ($4, $1) and (cause, event_position) <= ($4, $2)
               and not exists (select from nagare_events p where p.position = event_position and p.causation_id = $4)
             order by event_position{descending} limit $3)
            order by 1{descending} limit $3) found
        cross join lateral (select {Columns} from nagare_events where position = found.at) e
        order by found.at{descending}
        """;
}
