namespace Nagare.Storage;

/// <summary>What a reader says to MySQL: one statement for each path, direction and set of columns.</summary>
/// <remarks>
/// Each goes from its bound along one index and stops at the limit, which a test asks the server itself. The index is named, because the planner
/// guesses by statistics, which are missing or wrong in a young and in a growing table, and a page along an index is the right plan at every
/// size. Ids and names are given as bytes, which saves the client a text each. Parameters: @after, @until, @limit, @key; on the occurred
/// path @after_occurred and @until_occurred besides; @event_id.
/// </remarks>
internal static class MySqlReadStatements
{
    /// <summary>What a fold takes; the first columns of the others too, so that one reader serves both.</summary>
    private const string FoldColumns = """
        e.position, cast(e.stream_id as binary), e.version, cast(e.family as binary), cast(e.type as binary), e.schema_version, e.recorded_at, e.data
        """;

    private const string Columns = $"""
        {FoldColumns},
            e.event_id, e.occurred_at, cast(e.correlation_id as binary), e.causation_id, e.traceparent, cast(e.actor as binary), cast(e.subject as binary),
            e.salt, e.content_hash, e.metadata
        """;

    // The positions of an append's events are consecutive, as their ids are.
    public const string Append = $"""
        select {Columns}
        from nagare_events f force index (nagare_events_event_id)
        straight_join nagare_events e force index (primary) on e.position >= f.position and e.position < f.position + @limit
        where f.event_id = @event_id
        order by e.position
        """;

    // One row for each of the head's, of which there is one: where the last event stands, or at nothing.
    public const string ReadHead = """
        select coalesce(e.position, 0), coalesce(e.recorded_at, 0)
        from nagare_head left join (select position, recorded_at from nagare_events order by position desc limit 1) e on true
        """;

    public const string ReadTypes = """
        select family, name, schema_version, `schema`, template from nagare_types
        """;

    public const string ReadRestores = """
        select restored_at, source, last_position from nagare_restores order by id
        """;

    public const string ReadTreeRows = """
        select ordinal, bytes from nagare_tree force index (primary)
        where tree = @tree and level = @level and ordinal >= @first
        order by tree, level, ordinal limit @limit
        """;

    public const string ReadLastTreeIndex = """
        select max(ordinal) from nagare_tree force index (primary) where tree = @tree and level = @level
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
                from nagare_events e force index (primary)
                where e.position > @after and e.position <= @until
                order by e.position{descending} limit @limit
                """,
            StoredPath.Stream => $"""
                select {columns}
                from nagare_events e force index (nagare_events_stream)
                where e.stream_id = @key and e.version > @after and e.version <= @until
                order by e.version{descending} limit @limit
                """,
            StoredPath.Correlation => ByKey("correlation_id", "nagare_events_correlation", descending),
            StoredPath.Subject => ByKey("subject", "nagare_events_subject", descending),
            // Bounds of pairs are spelled out: of a pair compared as one, these servers make no range of an index.
            StoredPath.Occurred => $"""
                select {Columns}
                from nagare_events e force index (nagare_events_occurred)
                where (e.occurred_at > @after_occurred or e.occurred_at = @after_occurred and e.position > @after)
                  and (e.occurred_at < @until_occurred or e.occurred_at = @until_occurred and e.position <= @until)
                order by e.occurred_at{descending}, e.position{descending} limit @limit
                """,
            StoredPath.Cause => ByCause(descending),
            StoredPath.EventId => $"""
                select {Columns}
                from nagare_events e force index (nagare_events_event_id)
                where e.event_id = @event_id
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
        };
    }

    private static string ByKey(string column, string index, string descending) => $"""
        select {Columns}
        from nagare_events e force index ({index})
        where e.{column} = @key and e.position > @after and e.position <= @until
        order by e.position{descending} limit @limit
        """;

    // Two indexes give at most a page of positions each. These servers cannot merge two ordered lists, so the two pages of numbers are put in
    // order in memory; no row of an event is sorted. One that names a cause as its parent and again as a further cause comes once.
    private static string ByCause(string descending) => $"""
        select {Columns}
        from (
            (select position as at from nagare_events force index (nagare_events_causation)
             where causation_id = @key and position > @after and position <= @until
             order by position{descending} limit @limit)
            union
            (select event_position from nagare_links force index (primary)
             where cause = @key and event_position > @after and event_position <= @until
             order by event_position{descending} limit @limit)
            order by at{descending} limit @limit) found
        straight_join nagare_events e force index (primary) on e.position = found.at
        order by found.at{descending}
        """;
}
