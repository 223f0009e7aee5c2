namespace Nagare.Storage;

/// <summary>What a write session says to SQLite.</summary>
internal static class SqliteWriteStatements
{
    // The lock comes with the transaction's first word: nobody else writes until it ends, and what follows reads what was committed last.
    public const string Begin = """
        begin immediate
        """;

    // Inside a transaction that the client began, which takes no lock before its first word: this takes it, and changes nothing.
    public const string TakeLock = """
        update nagare_format set version = version where false
        """;

    public const string Savepoint = """
        savepoint nagare_append
        """;

    public const string RollbackToSavepoint = """
        rollback to nagare_append
        """;

    public const string ReleaseSavepoint = """
        release nagare_append
        """;

    public const string ReadHead = """
        select position, recorded_at from nagare_events order by position desc limit 1
        """;

    public const string ReadStreamHead = """
        select version, family from nagare_events where stream_id = ?1 order by version desc limit 1
        """;

    public const string FindEventId = """
        select position from nagare_events where event_id = ?1
        """;

    public const string InsertType = """
        insert into nagare_types (family, name, schema_version, schema, template) values (?1, ?2, ?3, ?4, ?5)
        on conflict (family, name, schema_version) do nothing
        """;

    // FAIL for the same reason as the rollback of the trigger on this table: one row is inserted, so nothing is left to undo of a statement.
    public const string InsertEvent = """
        insert or fail into nagare_events (
            position, stream_id, version, event_id, family, type, schema_version, recorded_at, occurred_at,
            correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """;

    // One cause may be given twice; it is kept once.
    public const string InsertLink = """
        insert into nagare_links (event_position, cause) values (?1, ?2) on conflict (cause, event_position) do nothing
        """;

    public const string InsertRestore = """
        insert into nagare_restores (restored_at, source, last_position) values (?1, ?2, ?3)
        """;

    // Rows follow from events: one that is there already is the same.
    public const string StoreTreeRow = """
        insert into nagare_tree (tree, level, ordinal, bytes) values (?1, ?2, ?3, ?4) on conflict (tree, level, ordinal) do nothing
        """;

    public const string Commit = """
        commit
        """;

    public const string Rollback = """
        rollback
        """;
}
