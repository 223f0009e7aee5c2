namespace Nagare.Storage;

/// <summary>The tables of a journal on SQLite.</summary>
/// <remarks>
/// Payloads come last in a row: SQLite reads a row from its start, and whoever needs no payload need not walk past it.
/// Strict tables keep text text and blobs blobs, whoever writes.
/// </remarks>
internal static class SqliteTables
{
    /// <summary>The version of everything below. A change of a table is a new version and an upgrade.</summary>
    public const int FormatVersion = 1;

    /// <summary>Every build of every version reads this one table first, so it never changes.</summary>
    public const string CreateFormat = """
        create table nagare_format (version integer not null) strict
        """;

    // The last event is the journal's head: a writer of SQLite holds the whole file, so there is no row to lock, and one to keep would
    // be a page more in every commit.
    public const string CreateEvents = """
        create table nagare_events (
            position        integer primary key,
            stream_id       text    not null,
            version         integer not null,
            event_id        blob    not null,
            family          text    not null,
            type            text    not null,
            schema_version  integer not null,
            recorded_at     integer not null,
            occurred_at     integer,
            correlation_id  text,
            causation_id    blob,
            traceparent     text,
            actor           text,
            subject         text,
            salt            blob,
            content_hash    blob    not null,
            metadata        blob,
            data            blob    not null
        ) strict
        """;

    public const string CreateStreamIndex = """
        create unique index nagare_events_stream on nagare_events (stream_id, version)
        """;

    public const string CreateEventIdIndex = """
        create unique index nagare_events_event_id on nagare_events (event_id)
        """;

    // A row's position follows in each index below by SQLite's design: keyset pages need no second column.
    public const string CreateCorrelationIndex = """
        create index nagare_events_correlation on nagare_events (correlation_id) where correlation_id is not null
        """;

    public const string CreateCausationIndex = """
        create index nagare_events_causation on nagare_events (causation_id) where causation_id is not null
        """;

    public const string CreateSubjectIndex = """
        create index nagare_events_subject on nagare_events (subject) where subject is not null
        """;

    public const string CreateOccurredIndex = """
        create index nagare_events_occurred on nagare_events (occurred_at) where occurred_at is not null
        """;

    /// <summary>Causes of an event besides its parent.</summary>
    public const string CreateLinks = """
        create table nagare_links (
            event_position  integer not null,
            cause           blob    not null,
            primary key (cause, event_position)
        ) strict, without rowid
        """;

    public const string CreateLinksIndex = """
        create index nagare_links_event on nagare_links (event_position)
        """;

    /// <summary>What the journal says about the event types it holds; the templates as one JSON object.</summary>
    public const string CreateTypes = """
        create table nagare_types (
            family          text    not null,
            name            text    not null,
            schema_version  integer not null,
            schema          text    not null,
            template        text,
            primary key (family, name, schema_version)
        ) strict, without rowid
        """;

    public const string CreateRestores = """
        create table nagare_restores (
            id             integer primary key,
            restored_at    integer not null,
            source         text    not null,
            last_position  integer not null
        ) strict
        """;

    /// <summary>The tree of proofs: what each row holds is the business of Nagare.Integrity.</summary>
    public const string CreateTree = """
        create table nagare_tree (
            tree     integer not null,
            level    integer not null,
            ordinal  integer not null,
            bytes    blob    not null,
            primary key (tree, level, ordinal)
        ) strict
        """;

    /// <summary>States that need not be folded again. Nothing rests on them: they may be changed, deleted and lost.</summary>
    public const string CreateSnapshots = """
        create table nagare_snapshots (
            stream_id    text    not null,
            aggregate    text    not null,
            version      integer not null,
            position     integer not null,
            recorded_at  integer not null,
            event_id     blob    not null,
            schema_hash  blob    not null,
            checksum     blob    not null,
            data         blob    not null,
            primary key (stream_id, aggregate)
        ) strict
        """;

    public const string RefuseUpdate = """
        create trigger nagare_events_refuse_update before update on nagare_events
        begin
            select raise(abort, 'Nagare: stored events are never changed');
        end
        """;

    public const string RefuseDelete = """
        create trigger nagare_events_refuse_delete before delete on nagare_events
        begin
            select raise(abort, 'Nagare: stored events are never deleted');
        end
        """;

    // INSERT OR REPLACE deletes the row in its way without asking the trigger above, so each key is asked before it can. Three scalar
    // lookups: each can only be a seek, whatever statistics say, and EXISTS costs half as much again. It rolls the transaction back, and
    // calls no function: whatever can abort a statement alone (a function, a check constraint) makes SQLite keep a copy of every page that
    // an insert changes until the insert is done, in a temporary file for a large append.
    public const string GuardInsert = """
        create trigger nagare_events_guard_insert before insert on nagare_events
        when (select 1 from nagare_events where position = new.position)
          or (select 1 from nagare_events where event_id = new.event_id)
          or (select 1 from nagare_events where stream_id = new.stream_id and version = new.version)
        begin
            select raise(rollback, 'Nagare: an event is stored at this position, under this id or at this version already');
        end
        """;

    public const string RefuseLinkUpdate = """
        create trigger nagare_links_refuse_update before update on nagare_links
        begin
            select raise(abort, 'Nagare: stored causes are never changed');
        end
        """;

    public const string RefuseLinkDelete = """
        create trigger nagare_links_refuse_delete before delete on nagare_links
        begin
            select raise(abort, 'Nagare: stored causes are never deleted');
        end
        """;

    public const string RefuseTreeUpdate = """
        create trigger nagare_tree_refuse_update before update on nagare_tree
        begin
            select raise(abort, 'Nagare: the tree of proofs is never changed');
        end
        """;

    public const string RefuseTreeDelete = """
        create trigger nagare_tree_refuse_delete before delete on nagare_tree
        begin
            select raise(abort, 'Nagare: the tree of proofs is never cut');
        end
        """;

    // As for events: INSERT OR REPLACE asks neither of the two above. A row that is there is passed over by "on conflict do nothing", which is what builders say.
    public const string GuardTreeInsert = """
        create trigger nagare_tree_guard_insert before insert on nagare_tree
        when (select 1 from nagare_tree where tree = new.tree and level = new.level and ordinal = new.ordinal)
        begin
            select raise(ignore);
        end
        """;

    public const string InsertFormat = """
        insert into nagare_format (version) values (1)
        """;

    /// <summary>Everything, in the order in which it is created.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CreateFormat,
        CreateEvents, CreateStreamIndex, CreateEventIdIndex, CreateCorrelationIndex, CreateCausationIndex, CreateSubjectIndex, CreateOccurredIndex,
        CreateLinks, CreateLinksIndex, CreateTypes, CreateRestores, CreateTree, CreateSnapshots,
        RefuseUpdate, RefuseDelete, GuardInsert, RefuseLinkUpdate, RefuseLinkDelete, RefuseTreeUpdate, RefuseTreeDelete, GuardTreeInsert,
        InsertFormat,
    ];

    /// <summary>Everything as one text, for whoever creates it by hand.</summary>
    public static string Script { get; } = string.Concat(((string[])["pragma journal_mode = wal", "begin immediate", .. All, "commit"]).Select(statement => statement.TrimEnd(';', '\n', ' ') + ";\n\n"));
}
