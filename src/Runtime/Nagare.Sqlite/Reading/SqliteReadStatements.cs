namespace Nagare.Storage;

/// <summary>What a read session says to SQLite: one statement for each path, direction and set of columns.</summary>
/// <remarks>
/// Each goes from its bound along one index and stops at the limit; none sorts or scans, which a test asks SQLite itself.
/// Parameters: ?1 key, ?2 after, ?3 until, ?4 limit, ?5 after this occurred time, ?6 until this occurred time.
/// </remarks>
internal static class SqliteReadStatements
{
    /// <summary>What a fold takes; the first columns of the others too, so that one reader serves both.</summary>
    private const string FoldColumns = """
        position, stream_id, version, family, type, schema_version, recorded_at, data
        """;

    private const string ColumnsAfterPosition = """
        stream_id, version, family, type, schema_version, recorded_at, data,
            event_id, occurred_at, correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata
        """;

    public const string JournalForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where position > ?2 and position <= ?3
        order by position limit ?4
        """;

    public const string JournalBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where position > ?2 and position <= ?3
        order by position desc limit ?4
        """;

    public const string StreamForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where stream_id = ?1 and version > ?2 and version <= ?3
        order by version limit ?4
        """;

    public const string StreamBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where stream_id = ?1 and version > ?2 and version <= ?3
        order by version desc limit ?4
        """;

    public const string CorrelationForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where correlation_id = ?1 and position > ?2 and position <= ?3
        order by position limit ?4
        """;

    public const string CorrelationBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where correlation_id = ?1 and position > ?2 and position <= ?3
        order by position desc limit ?4
        """;

    public const string SubjectForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where subject = ?1 and position > ?2 and position <= ?3
        order by position limit ?4
        """;

    public const string SubjectBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where subject = ?1 and position > ?2 and position <= ?3
        order by position desc limit ?4
        """;

    public const string JournalFoldForwards = $"""
        select {FoldColumns}
        from nagare_events
        where position > ?2 and position <= ?3
        order by position limit ?4
        """;

    public const string JournalFoldBackwards = $"""
        select {FoldColumns}
        from nagare_events
        where position > ?2 and position <= ?3
        order by position desc limit ?4
        """;

    public const string StreamFoldForwards = $"""
        select {FoldColumns}
        from nagare_events
        where stream_id = ?1 and version > ?2 and version <= ?3
        order by version limit ?4
        """;

    public const string StreamFoldBackwards = $"""
        select {FoldColumns}
        from nagare_events
        where stream_id = ?1 and version > ?2 and version <= ?3
        order by version desc limit ?4
        """;

    public const string OccurredForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where occurred_at is not null and (occurred_at, position) > (?5, ?2) and (occurred_at, position) <= (?6, ?3)
        order by occurred_at, position limit ?4
        """;

    public const string OccurredBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where occurred_at is not null and (occurred_at, position) > (?5, ?2) and (occurred_at, position) <= (?6, ?3)
        order by occurred_at desc, position desc limit ?4
        """;

    // Two indexes are walked side by side. An event that names a cause as its parent and again as a further cause comes once, by its parent.
    public const string CauseForwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where causation_id = ?1 and position > ?2 and position <= ?3
        union all
        select event_position, {ColumnsAfterPosition}
        from nagare_links cross join nagare_events on position = event_position
        where cause = ?1 and event_position > ?2 and event_position <= ?3 and causation_id is not ?1
        order by 1 limit ?4
        """;

    public const string CauseBackwards = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where causation_id = ?1 and position > ?2 and position <= ?3
        union all
        select event_position, {ColumnsAfterPosition}
        from nagare_links cross join nagare_events on position = event_position
        where cause = ?1 and event_position > ?2 and event_position <= ?3 and causation_id is not ?1
        order by 1 desc limit ?4
        """;

    public const string EventId = $"""
        select position, {ColumnsAfterPosition}
        from nagare_events
        where event_id = ?1
        """;

    public const string ReadSnapshot = """
        select version, position, recorded_at, event_id, schema_hash, checksum, data,
            (select e.event_id from nagare_events e where e.stream_id = s.stream_id and e.version = s.version)
        from nagare_snapshots s where stream_id = ?1 and aggregate = ?2
        """;

    public const string ReadTypes = """
        select family, name, schema_version, schema, template from nagare_types
        """;

    public const string ReadRestores = """
        select restored_at, source, last_position from nagare_restores order by id
        """;

    public const string ReadTreeRows = """
        select ordinal, bytes from nagare_tree where tree = ?1 and level = ?2 and ordinal >= ?3 order by tree, level, ordinal limit ?4
        """;

    public const string ReadLastTreeIndex = """
        select ordinal from nagare_tree where tree = ?1 and level = ?2 order by tree desc, level desc, ordinal desc limit 1
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
