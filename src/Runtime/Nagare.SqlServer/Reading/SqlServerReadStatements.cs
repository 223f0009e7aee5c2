namespace Nagare.Storage;

/// <summary>What a reader says to SQL Server: one statement for each path, direction and set of columns.</summary>
/// <remarks>
/// Each goes from its bound along one index and stops at the limit; none sorts or scans. The hints say which index: SQL Server chooses by
/// statistics, which are missing or wrong in a young and in a growing table, and may take a scan for cheaper than a page's look-ups. No answer
/// rests on a hint. Babelfish ignores them and has settings of the session instead; it takes an index for sorted only where the order names all of the index's columns, also those that the
/// query holds to one value.
/// Parameters: @after, @until, @limit, @key; on the occurred path @after_occurred and @until_occurred besides.
/// </remarks>
internal sealed class SqlServerReadStatements(SqlServerStatementList list)
{
    /// <summary>What a fold takes; the first columns of the others too, so that one reader serves both.</summary>
    private const string FoldColumns = """
        e.position, e.stream_id, e.version, e.family, e.type, e.schema_version, e.recorded_at, e.data
        """;

    private const string Columns = """
        e.position, e.stream_id, e.version, e.family, e.type, e.schema_version, e.recorded_at, e.data,
            e.event_id, e.occurred_at, e.correlation_id, e.causation_id, e.traceparent, e.actor, e.subject, e.salt, e.content_hash, e.metadata
        """;

    public string ReadHead { get; } = list.Add($"""
        select position, recorded_at from [{list.SchemaName}].nagare_head
        """);

    public string ReadTypes { get; } = list.Add($"""
        select family, name, schema_version, [schema], template from [{list.SchemaName}].nagare_types
        """);

    public string ReadRestores { get; } = list.Add($"""
        select restored_at, source, last_position from [{list.SchemaName}].nagare_restores order by id
        """);

    public string ReadTreeRows { get; } = list.Add($"""
        select top (@limit) ordinal, bytes
        from [{list.SchemaName}].nagare_tree
        where tree = @tree and level = @level and ordinal >= @first
        order by tree, level, ordinal
        """);

    public string ReadLastTreeIndex { get; } = list.Add($"""
        select (
            select top (1) ordinal from [{list.SchemaName}].nagare_tree where tree = @tree and level = @level order by tree desc, level desc, ordinal desc)
        """);

    // The positions of an append's events are consecutive, as their ids are.
    public string Append { get; } = list.Add($"""
        select {Columns}
        from [{list.SchemaName}].nagare_events e
        where e.position >= (select f.position from [{list.SchemaName}].nagare_events f where f.event_id = @append_id)
          and e.position < (select f.position from [{list.SchemaName}].nagare_events f where f.event_id = @append_id) + @limit
        order by e.position
        """);

    public string JournalForwards { get; } = list.Add(Journal(list.SchemaName, Columns, ""));

    public string JournalBackwards { get; } = list.Add(Journal(list.SchemaName, Columns, " desc"));

    public string JournalFoldForwards { get; } = list.Add(Journal(list.SchemaName, FoldColumns, ""));

    public string JournalFoldBackwards { get; } = list.Add(Journal(list.SchemaName, FoldColumns, " desc"));

    public string StreamForwards { get; } = list.Add(Stream(list.SchemaName, Columns, ""));

    public string StreamBackwards { get; } = list.Add(Stream(list.SchemaName, Columns, " desc"));

    public string StreamFoldForwards { get; } = list.Add(Stream(list.SchemaName, FoldColumns, ""));

    public string StreamFoldBackwards { get; } = list.Add(Stream(list.SchemaName, FoldColumns, " desc"));

    public string CorrelationForwards { get; } = list.Add(ByKey(list.SchemaName, "correlation_id", "nagare_events_correlation", ""));

    public string CorrelationBackwards { get; } = list.Add(ByKey(list.SchemaName, "correlation_id", "nagare_events_correlation", " desc"));

    public string SubjectForwards { get; } = list.Add(ByKey(list.SchemaName, "subject", "nagare_events_subject", ""));

    public string SubjectBackwards { get; } = list.Add(ByKey(list.SchemaName, "subject", "nagare_events_subject", " desc"));

    public string CauseForwards { get; } = list.Add(ByCause(list.SchemaName, ""));

    public string CauseBackwards { get; } = list.Add(ByCause(list.SchemaName, " desc"));

    // Many events may have happened at one time, so that a page may begin and end among equals. T-SQL compares no pairs: the equals at the bound
    // that a page starts from are one seek, all beyond them another, and the two come merged in the index's order. Babelfish sorts them, so that
    // each gives no more than the page has room for.
    public string OccurredForwards { get; } = list.Add($"""
        select {Columns}
        from (
            select top (@limit) found.occurred_at, found.position
            from (
                select equal.occurred_at, equal.position
                from (
                    select top (@limit) a.occurred_at, a.position
                    from [{list.SchemaName}].nagare_events a with (index (nagare_events_occurred))
                    where a.occurred_at is not null and a.occurred_at = @after_occurred and a.position > @after
                      and (a.occurred_at < @until_occurred or a.occurred_at = @until_occurred and a.position <= @until)
                    order by a.occurred_at, a.position) equal
                union all
                select beyond.occurred_at, beyond.position
                from (
                    select top (@limit) b.occurred_at, b.position
                    from [{list.SchemaName}].nagare_events b with (index (nagare_events_occurred))
                    where b.occurred_at is not null and b.occurred_at > @after_occurred and b.occurred_at <= @until_occurred
                      and (b.occurred_at < @until_occurred or b.position <= @until)
                    order by b.occurred_at, b.position) beyond) found
            order by found.occurred_at, found.position) page
        join [{list.SchemaName}].nagare_events e on e.position = page.position
        order by page.occurred_at, page.position
        """);

    public string OccurredBackwards { get; } = list.Add($"""
        select {Columns}
        from (
            select top (@limit) found.occurred_at, found.position
            from (
                select equal.occurred_at, equal.position
                from (
                    select top (@limit) a.occurred_at, a.position
                    from [{list.SchemaName}].nagare_events a with (index (nagare_events_occurred))
                    where a.occurred_at is not null and a.occurred_at = @until_occurred and a.position <= @until
                      and (a.occurred_at > @after_occurred or a.occurred_at = @after_occurred and a.position > @after)
                    order by a.occurred_at desc, a.position desc) equal
                union all
                select beyond.occurred_at, beyond.position
                from (
                    select top (@limit) b.occurred_at, b.position
                    from [{list.SchemaName}].nagare_events b with (index (nagare_events_occurred))
                    where b.occurred_at is not null and b.occurred_at < @until_occurred and b.occurred_at >= @after_occurred
                      and (b.occurred_at > @after_occurred or b.position > @after)
                    order by b.occurred_at desc, b.position desc) beyond) found
            order by found.occurred_at desc, found.position desc) page
        join [{list.SchemaName}].nagare_events e on e.position = page.position
        order by page.occurred_at desc, page.position desc
        """);

    public string EventById { get; } = list.Add($"""
        select {Columns}
        from [{list.SchemaName}].nagare_events e
        where e.event_id = @key
        """);

    /// <summary>The statement of a path; a path that no fold takes gives all columns, of which a fold reads the first.</summary>
    public string For(StoredPath path, ReadDirection direction, StoredDetail detail) => (path, direction, detail) switch
    {
        (StoredPath.Journal, ReadDirection.Forwards, StoredDetail.Fold) => JournalFoldForwards,
        (StoredPath.Journal, ReadDirection.Backwards, StoredDetail.Fold) => JournalFoldBackwards,
        (StoredPath.Journal, ReadDirection.Forwards, _) => JournalForwards,
        (StoredPath.Journal, ReadDirection.Backwards, _) => JournalBackwards,
        (StoredPath.Stream, ReadDirection.Forwards, StoredDetail.Fold) => StreamFoldForwards,
        (StoredPath.Stream, ReadDirection.Backwards, StoredDetail.Fold) => StreamFoldBackwards,
        (StoredPath.Stream, ReadDirection.Forwards, _) => StreamForwards,
        (StoredPath.Stream, ReadDirection.Backwards, _) => StreamBackwards,
        (StoredPath.Correlation, ReadDirection.Forwards, _) => CorrelationForwards,
        (StoredPath.Correlation, ReadDirection.Backwards, _) => CorrelationBackwards,
        (StoredPath.Subject, ReadDirection.Forwards, _) => SubjectForwards,
        (StoredPath.Subject, ReadDirection.Backwards, _) => SubjectBackwards,
        (StoredPath.Cause, ReadDirection.Forwards, _) => CauseForwards,
        (StoredPath.Cause, ReadDirection.Backwards, _) => CauseBackwards,
        (StoredPath.Occurred, ReadDirection.Forwards, _) => OccurredForwards,
        (StoredPath.Occurred, ReadDirection.Backwards, _) => OccurredBackwards,
        (StoredPath.EventId, _, _) => EventById,
        _ => throw new ArgumentOutOfRangeException(nameof(path), (path, direction), "There is no such path or direction."),
    };

    private static string Journal(string schema, string columns, string descending) => $"""
        select top (@limit) {columns}
        from [{schema}].nagare_events e
        where e.position > @after and e.position <= @until
        order by e.position{descending}
        """;

    private static string Stream(string schema, string columns, string descending) => $"""
        select top (@limit) {columns}
        from [{schema}].nagare_events e with (index (nagare_events_stream))
        where e.stream_id = @key and e.version > @after and e.version <= @until
        order by e.stream_id{descending}, e.version{descending}
        """;

    // That the key is not null follows from the comparison; saying it lets every version use an index that leaves nulls out.
    private static string ByKey(string schema, string column, string index, string descending) => $"""
        select top (@limit) {Columns}
        from [{schema}].nagare_events e with (index ({index}))
        where e.{column} is not null and e.{column} = @key and e.position > @after and e.position <= @until
        order by e.{column}{descending}, e.position{descending}
        """;

    // Two indexes are walked side by side and merged by position, or sorted by Babelfish, a page of each; each found event is then fetched by its
    // key. One that names a cause as its parent and again as a further cause comes once, by its parent.
    private static string ByCause(string schema, string descending) => $"""
        select {Columns}
        from (
            select top (@limit) found.cause, found.position
            from (
                select parent.cause, parent.position
                from (
                    select top (@limit) a.causation_id as cause, a.position
                    from [{schema}].nagare_events a with (index (nagare_events_causation))
                    where a.causation_id is not null and a.causation_id = @key and a.position > @after and a.position <= @until
                    order by a.causation_id{descending}, a.position{descending}) parent
                union all
                select further.cause, further.position
                from (
                    select top (@limit) l.cause, l.event_position as position
                    from [{schema}].nagare_links l
                    where l.cause = @key and l.event_position > @after and l.event_position <= @until
                      and not exists (select 1 from [{schema}].nagare_events p where p.position = l.event_position and p.causation_id = @key)
                    order by l.cause{descending}, l.event_position{descending}) further) found
            order by found.cause{descending}, found.position{descending}) page
        join [{schema}].nagare_events e on e.position = page.position
        order by page.cause{descending}, page.position{descending}
        """;
}
