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

    public const string JournalForwards = $"""
        select {Columns}
        from nagare_events
        where position > $1 and position <= $2
        order by position limit $3
        """;

    public const string JournalBackwards = $"""
        select {Columns}
        from nagare_events
        where position > $1 and position <= $2
        order by position desc limit $3
        """;

    public const string StreamForwards = $"""
        select {Columns}
        from nagare_events
        where stream_id = $4 and version > $1 and version <= $2
        order by version limit $3
        """;

    public const string StreamBackwards = $"""
        select {Columns}
        from nagare_events
        where stream_id = $4 and version > $1 and version <= $2
        order by version desc limit $3
        """;

    public const string CorrelationForwards = $"""
        select {Columns}
        from nagare_events
        where correlation_id = $4 and position > $1 and position <= $2
        order by position limit $3
        """;

    public const string CorrelationBackwards = $"""
        select {Columns}
        from nagare_events
        where correlation_id = $4 and position > $1 and position <= $2
        order by position desc limit $3
        """;

    public const string SubjectForwards = $"""
        select {Columns}
        from nagare_events
        where subject = $4 and position > $1 and position <= $2
        order by position limit $3
        """;

    public const string SubjectBackwards = $"""
        select {Columns}
        from nagare_events
        where subject = $4 and position > $1 and position <= $2
        order by position desc limit $3
        """;

    public const string JournalFoldForwards = $"""
        select {FoldColumns}
        from nagare_events
        where position > $1 and position <= $2
        order by position limit $3
        """;

    public const string JournalFoldBackwards = $"""
        select {FoldColumns}
        from nagare_events
        where position > $1 and position <= $2
        order by position desc limit $3
        """;

    public const string StreamFoldForwards = $"""
        select {FoldColumns}
        from nagare_events
        where stream_id = $4 and version > $1 and version <= $2
        order by version limit $3
        """;

    public const string StreamFoldBackwards = $"""
        select {FoldColumns}
        from nagare_events
        where stream_id = $4 and version > $1 and version <= $2
        order by version desc limit $3
        """;

    public const string OccurredForwards = $"""
        select {Columns}
        from nagare_events
        where occurred_at is not null and (occurred_at, position) > ($4, $1) and (occurred_at, position) <= ($5, $2)
        order by occurred_at, position limit $3
        """;

    public const string OccurredBackwards = $"""
        select {Columns}
        from nagare_events
        where occurred_at is not null and (occurred_at, position) > ($4, $1) and (occurred_at, position) <= ($5, $2)
        order by occurred_at desc, position desc limit $3
        """;

    // Two indexes are walked side by side and merged by position; each found event is then fetched by its key. One that names a cause as its
    // parent and again as a further cause comes once, by its parent. The pairs keep the planner from walking the links of all events in
    // between, which it takes for few when it does not know the bounds.
    public const string CauseForwards = $"""
        select e.*
        from (
            (select position as at from nagare_events where causation_id = $4 and position > $1 and position <= $2
             order by position limit $3)
            union all
            (select event_position from nagare_links
             where cause = $4 and (cause, event_position) > ($4, $1) and (cause, event_position) <= ($4, $2)
               and not exists (select from nagare_events p where p.position = event_position and p.causation_id = $4)
             order by event_position limit $3)
            order by 1 limit $3) found
        cross join lateral (select {Columns} from nagare_events where position = found.at) e
        order by found.at
        """;

    public const string CauseBackwards = $"""
        select e.*
        from (
            (select position as at from nagare_events where causation_id = $4 and position > $1 and position <= $2
             order by position desc limit $3)
            union all
            (select event_position from nagare_links
             where cause = $4 and (cause, event_position) > ($4, $1) and (cause, event_position) <= ($4, $2)
               and not exists (select from nagare_events p where p.position = event_position and p.causation_id = $4)
             order by event_position desc limit $3)
            order by 1 desc limit $3) found
        cross join lateral (select {Columns} from nagare_events where position = found.at) e
        order by found.at desc
        """;

    public const string EventId = $"""
        select {Columns}
        from nagare_events
        where event_id = $1
        """;

    // The positions of an append's events are consecutive, as their ids are.
    public const string Append = $"""
        select {Columns}
        from nagare_events
        where position >= (select position from nagare_events where event_id = $1)
          and position < (select position from nagare_events where event_id = $1) + $2
        order by position
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

    /// <summary>The statement of a path; a path that no fold takes gives all columns, of which a fold reads the first.</summary>
    public static string For(StoredPath path, ReadDirection direction, StoredDetail detail) => (path, direction, detail) switch
    {
        (StoredPath.Journal, ReadDirection.Forwards, StoredDetail.Fold) => JournalFoldForwards,
        (StoredPath.Journal, ReadDirection.Backwards, StoredDetail.Fold) => JournalFoldBackwards,
        (StoredPath.Stream, ReadDirection.Forwards, StoredDetail.Fold) => StreamFoldForwards,
        (StoredPath.Stream, ReadDirection.Backwards, StoredDetail.Fold) => StreamFoldBackwards,
        (StoredPath.Journal, ReadDirection.Forwards, _) => JournalForwards,
        (StoredPath.Journal, ReadDirection.Backwards, _) => JournalBackwards,
        (StoredPath.Stream, ReadDirection.Forwards, _) => StreamForwards,
        (StoredPath.Stream, ReadDirection.Backwards, _) => StreamBackwards,
        (StoredPath.Correlation, ReadDirection.Forwards, _) => CorrelationForwards,
        (StoredPath.Correlation, ReadDirection.Backwards, _) => CorrelationBackwards,
        (StoredPath.Subject, ReadDirection.Forwards, _) => SubjectForwards,
        (StoredPath.Subject, ReadDirection.Backwards, _) => SubjectBackwards,
        (StoredPath.Occurred, ReadDirection.Forwards, _) => OccurredForwards,
        (StoredPath.Occurred, ReadDirection.Backwards, _) => OccurredBackwards,
        (StoredPath.Cause, ReadDirection.Forwards, _) => CauseForwards,
        (StoredPath.Cause, ReadDirection.Backwards, _) => CauseBackwards,
        (StoredPath.EventId, _, _) => EventId,
        _ => throw new ArgumentOutOfRangeException(nameof(path), (path, direction), "There is no such path and direction."),
    };
}
