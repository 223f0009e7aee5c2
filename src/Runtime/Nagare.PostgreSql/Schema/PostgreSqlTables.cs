using System.Globalization;

namespace Nagare.Storage;

/// <summary>The tables of a journal on PostgreSQL. Statements name them without their schema, which the session's search path says.</summary>
/// <remarks>
/// Ids are compared byte by byte (collation "C"), payloads are bytea. Numbers come first in a row and payloads last, so that nothing is lost to alignment.
/// </remarks>
internal sealed class PostgreSqlTables(string schemaName) : ServerTables
{
    public override int FormatVersion => 1;

    /// <summary>Every build of every version reads this one table first, so it never changes.</summary>
    public const string CreateFormat = """
        create table nagare_format (version integer not null)
        """;

    // One row, which every writer locks first. Its page has room for the versions that commits leave behind until they are pruned.
    public const string CreateHead = """
        create table nagare_head (
            id           smallint primary key check (id = 1),
            position     bigint   not null,
            recorded_at  bigint   not null
        ) with (fillfactor = 10)
        """;

    public const string CreateEvents = """
        create table nagare_events (
            position        bigint  primary key,
            version         bigint  not null,
            recorded_at     bigint  not null,
            occurred_at     bigint,
            schema_version  integer not null,
            event_id        uuid    not null,
            stream_id       text    collate "C" not null,
            family          text    collate "C" not null,
            type            text    collate "C" not null,
            correlation_id  text    collate "C",
            causation_id    bytea,
            traceparent     text    collate "C",
            actor           text    collate "C",
            subject         text    collate "C",
            salt            bytea,
            content_hash    bytea   not null,
            metadata        bytea,
            data            bytea   not null
        )
        """;

    public const string CreateStreamIndex = """
        create unique index nagare_events_stream on nagare_events (stream_id, version)
        """;

    public const string CreateEventIdIndex = """
        create unique index nagare_events_event_id on nagare_events (event_id)
        """;

    // The position follows in each index below, so that keyset pages come out of it in order.
    public const string CreateCorrelationIndex = """
        create index nagare_events_correlation on nagare_events (correlation_id, position) where correlation_id is not null
        """;

    public const string CreateCausationIndex = """
        create index nagare_events_causation on nagare_events (causation_id, position) where causation_id is not null
        """;

    public const string CreateSubjectIndex = """
        create index nagare_events_subject on nagare_events (subject, position) where subject is not null
        """;

    public const string CreateOccurredIndex = """
        create index nagare_events_occurred on nagare_events (occurred_at, position) where occurred_at is not null
        """;

    /// <summary>Causes of an event besides its parent.</summary>
    public const string CreateLinks = """
        create table nagare_links (
            event_position  bigint not null,
            cause           bytea  not null,
            primary key (cause, event_position)
        )
        """;

    public const string CreateLinksIndex = """
        create index nagare_links_event on nagare_links (event_position)
        """;

    /// <summary>What the journal says about the event types it holds; the templates as one JSON object.</summary>
    public const string CreateTypes = """
        create table nagare_types (
            family          text    collate "C" not null,
            name            text    collate "C" not null,
            schema_version  integer not null,
            schema          text    not null,
            template        text,
            primary key (family, name, schema_version)
        )
        """;

    public const string CreateRestores = """
        create table nagare_restores (
            id             bigint generated always as identity primary key,
            restored_at    bigint not null,
            source         text   not null,
            last_position  bigint not null
        )
        """;

    /// <summary>The tree of proofs: what each row holds is the business of Nagare.Integrity.</summary>
    public const string CreateTree = """
        create table nagare_tree (
            tree     integer not null,
            level    integer not null,
            ordinal  bigint  not null,
            bytes    bytea   not null,
            primary key (tree, level, ordinal)
        )
        """;

    /// <summary>States that need not be folded again. Nothing rests on them: they may be changed, deleted and lost.</summary>
    public const string CreateSnapshots = """
        create table nagare_snapshots (
            version      bigint not null,
            position     bigint not null,
            recorded_at  bigint not null,
            event_id     uuid   not null,
            stream_id    text   collate "C" not null,
            aggregate    text   collate "C" not null,
            schema_hash  bytea  not null,
            checksum     bytea  not null,
            data         bytea  not null,
            primary key (stream_id, aggregate)
        )
        """;

    public const string CreateRefusal = """
        create function nagare_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'Nagare: what % holds is never changed, deleted or taken back', tg_table_name using errcode = 'restrict_violation';
        end $$
        """;

    // A statement can count, but only a function can refuse what it counted.
    public const string CreateMiscount = """
        create function nagare_miscounted(inserted bigint, given bigint) returns bigint language plpgsql as $$
        begin
            raise exception 'The database reports % rows inserted where % events were given to it', inserted, given using errcode = 'NG001';
        end $$
        """;

    public const string RefuseUpdate = """
        create trigger nagare_events_refuse_update before update or delete or truncate on nagare_events for each statement execute function nagare_refuse()
        """;

    public const string RefuseLinkUpdate = """
        create trigger nagare_links_refuse_update before update or delete or truncate on nagare_links for each statement execute function nagare_refuse()
        """;

    public const string RefuseTreeUpdate = """
        create trigger nagare_tree_refuse_update before update or delete or truncate on nagare_tree for each statement execute function nagare_refuse()
        """;

    // The head goes forwards only, and stays.
    public const string RefuseHeadBackwards = """
        create trigger nagare_head_refuse_backwards before update on nagare_head for each row
        when (new.position < old.position or new.recorded_at < old.recorded_at) execute function nagare_refuse()
        """;

    public const string RefuseHeadDelete = """
        create trigger nagare_head_refuse_delete before delete or truncate on nagare_head for each statement execute function nagare_refuse()
        """;

    // Also where a session claims to be a replica, which switches ordinary triggers off.
    public const string AlwaysRefuse = """
        alter table nagare_events enable always trigger nagare_events_refuse_update;
        alter table nagare_links enable always trigger nagare_links_refuse_update;
        alter table nagare_tree enable always trigger nagare_tree_refuse_update;
        alter table nagare_head enable always trigger nagare_head_refuse_backwards;
        alter table nagare_head enable always trigger nagare_head_refuse_delete
        """;

    public const string InsertHead = """
        insert into nagare_head (id, position, recorded_at) values (1, 0, 0)
        """;

    public const string InsertFormat = """
        insert into nagare_format (version) values (1)
        """;

    public override IReadOnlyList<string> Create { get; } =
    [
        $"create schema if not exists \"{schemaName}\"",
        CreateFormat, CreateHead,
        CreateEvents, CreateStreamIndex, CreateEventIdIndex, CreateCorrelationIndex, CreateCausationIndex, CreateSubjectIndex, CreateOccurredIndex,
        CreateLinks, CreateLinksIndex, CreateTypes, CreateRestores, CreateTree, CreateSnapshots,
        CreateRefusal, CreateMiscount, RefuseUpdate, RefuseLinkUpdate, RefuseTreeUpdate, RefuseHeadBackwards, RefuseHeadDelete, AlwaysRefuse,
        InsertHead, InsertFormat,
    ];

    public override string ScriptHead => $"set search_path = \"{schemaName}\"";

    // The number is arbitrary and only has to be the same in every build.
    public override string BeginChange => """
        begin; select pg_advisory_xact_lock(7021795266340201)
        """;

    public override string EndChange => "commit";

    public override string CountFormatTables => $"""
        select count(*) from pg_catalog.pg_tables where schemaname = '{schemaName}' and tablename = 'nagare_format'
        """;

    public override string ReadFormat => """
        select max(version) from nagare_format
        """;

    // An index that is not valid answers nothing, and a trigger that is not 'A' does not fire always.
    public override string ReadMissing => string.Create(CultureInfo.InvariantCulture, $"""
        select name from unnest(array[
            'nagare_format', 'nagare_head', 'nagare_events', 'nagare_links', 'nagare_types', 'nagare_restores', 'nagare_tree', 'nagare_tree_pkey', 'nagare_events_pkey', 'nagare_events_stream',
            'nagare_events_event_id', 'nagare_events_correlation', 'nagare_events_causation', 'nagare_events_subject', 'nagare_events_occurred',
            'nagare_links_pkey', 'nagare_links_event', 'nagare_types_pkey', 'nagare_snapshots', 'nagare_snapshots_pkey']) as name
        where not exists (
            select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace left join pg_catalog.pg_index i on i.indexrelid = c.oid
            where n.nspname = '{schemaName}' and c.relname = name and coalesce(i.indisvalid, true))
        union all
        select name from unnest(array[
            'nagare_events_refuse_update', 'nagare_links_refuse_update', 'nagare_tree_refuse_update', 'nagare_head_refuse_backwards', 'nagare_head_refuse_delete']) as name
        where not exists (
            select from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = '{schemaName}' and t.tgname = name and t.tgenabled = 'A')
        """);

    /// <summary>What an application's role needs, and no more.</summary>
    public string GrantScript(string role)
    {
        var quoted = "\"" + role.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        return $"""
            grant usage on schema "{schemaName}" to {quoted};
            grant select on "{schemaName}".nagare_format to {quoted};
            grant select, update on "{schemaName}".nagare_head to {quoted};
            grant select, insert on "{schemaName}".nagare_events, "{schemaName}".nagare_links, "{schemaName}".nagare_types, "{schemaName}".nagare_restores, "{schemaName}".nagare_tree to {quoted};
            grant select, insert, update, delete on "{schemaName}".nagare_snapshots to {quoted};
            """;
    }
}
