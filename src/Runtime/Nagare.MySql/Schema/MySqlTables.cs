namespace Nagare.Storage;

/// <summary>The tables of a journal on MySQL or MariaDB. Statements name them without their database, which the session has chosen.</summary>
/// <remarks>
/// <para>
/// Texts are compared byte by byte and never padded, by the collation that each of the two servers has for it: the comments are executed by MySQL
/// and by MariaDB respectively. Payloads are longblob. No body of a trigger or function holds a semicolon, so that clients that divide a script there need no other delimiter.
/// </para>
/// <para>
/// DDL is no part of a transaction here. So everything is made where it is missing, under a lock, and <c>nagare_format</c>, by which a journal is
/// known, gets its name last: whoever is killed before leaves something that the next creation completes.
/// </para>
/// </remarks>
internal sealed class MySqlTables(string database, long busySeconds) : ServerTables
{
    /// <summary>Strict, so that nothing is cut off or replaced silently, and without the modes that change what a statement's text means.</summary>
    public const string SqlMode = "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION";

    private const string TextOptions = """
        character set utf8mb4 collate /*!80017 utf8mb4_0900_bin */ /*M! utf8mb4_nopad_bin */
        """;

    private const string TableOptions = $"engine = InnoDB row_format = dynamic default {TextOptions}";

    public override int FormatVersion => 3;

    // One row, which every writer locks first. Where the head stands is what the last event says: a row that each append changed would cost a third of it.
    public const string CreateHead = $"""
        create table if not exists nagare_head (
            id  tinyint not null primary key check (id = 1)
        ) {TableOptions}
        """;

    // The position follows in each index, so that keyset pages come out of it in order. There are no partial indexes here: an event without a
    // subject or an occurrence has an entry too, which is null and the newest of the nulls, so it goes to the end of one leaf and stays cheap.
    public const string CreateEvents = $"""
        create table if not exists nagare_events (
            position        bigint       not null primary key,
            version         bigint       not null,
            recorded_at     bigint       not null,
            occurred_at     bigint,
            schema_version  integer      not null,
            event_id        binary(16)   not null,
            stream_id       varchar(255) not null,
            family          varchar(255) not null,
            type            varchar(255) not null,
            correlation_id  varchar(255),
            causation_id    varbinary(260),
            traceparent     varchar(255),
            actor           varchar(255),
            subject         varchar(255),
            salt            varbinary(64),
            content_hash    varbinary(64) not null,
            metadata        longblob,
            data            longblob     not null,
            unique index nagare_events_stream (stream_id, version),
            unique index nagare_events_event_id (event_id),
            index nagare_events_correlation (correlation_id, position),
            index nagare_events_causation (causation_id, position),
            index nagare_events_subject (subject, position),
            index nagare_events_occurred (occurred_at, position)
        ) {TableOptions}
        """;

    /// <summary>Causes of an event besides its parent.</summary>
    public const string CreateLinks = $"""
        create table if not exists nagare_links (
            event_position  bigint         not null,
            cause           varbinary(260) not null,
            primary key (cause, event_position),
            index nagare_links_event (event_position)
        ) {TableOptions}
        """;

    /// <summary>What the journal says about the event types it holds; the templates as one JSON object.</summary>
    public const string CreateTypes = $"""
        create table if not exists nagare_types (
            family          varchar(255) not null,
            name            varchar(255) not null,
            schema_version  integer      not null,
            `schema`        longtext     not null,
            template        longtext,
            primary key (family, name, schema_version)
        ) {TableOptions}
        """;

    public const string CreateRestores = $"""
        create table if not exists nagare_restores (
            id             bigint not null auto_increment primary key,
            restored_at    bigint not null,
            source         longtext not null,
            last_position  bigint not null
        ) {TableOptions}
        """;

    /// <summary>States that need not be folded again. Nothing rests on them: they may be changed, deleted and lost.</summary>
    public const string CreateSnapshots = $"""
        create table if not exists nagare_snapshots (
            stream_id    varchar(255) not null,
            aggregate    varchar(255) not null,
            version      bigint       not null,
            position     bigint       not null,
            recorded_at  bigint       not null,
            event_id     binary(16)   not null,
            schema_hash  varbinary(64) not null,
            checksum     varbinary(64) not null,
            data         longblob     not null,
            primary key (stream_id, aggregate)
        ) {TableOptions}
        """;

    /// <summary>The tree of proofs: what each row holds is the business of Nagare.Integrity.</summary>
    public const string CreateTree = $"""
        create table if not exists nagare_tree (
            tree     integer  not null,
            level    integer  not null,
            ordinal  bigint   not null,
            bytes    longblob not null,
            primary key (tree, level, ordinal)
        ) {TableOptions}
        """;

    public const string RefuseUpdate = """
        create trigger nagare_events_refuse_update before update on nagare_events for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_events holds is never changed, deleted or taken back'
        """;

    public const string RefuseDelete = """
        create trigger nagare_events_refuse_delete before delete on nagare_events for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_events holds is never changed, deleted or taken back'
        """;

    public const string RefuseLinkUpdate = """
        create trigger nagare_links_refuse_update before update on nagare_links for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_links holds is never changed, deleted or taken back'
        """;

    public const string RefuseLinkDelete = """
        create trigger nagare_links_refuse_delete before delete on nagare_links for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_links holds is never changed, deleted or taken back'
        """;

    public const string RefuseTreeUpdate = """
        create trigger nagare_tree_refuse_update before update on nagare_tree for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_tree holds is never changed, deleted or taken back'
        """;

    public const string RefuseTreeDelete = """
        create trigger nagare_tree_refuse_delete before delete on nagare_tree for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_tree holds is never changed, deleted or taken back'
        """;

    // Without its row nobody could write.
    public const string RefuseHeadDelete = """
        create trigger nagare_head_refuse_delete before delete on nagare_head for each row
        signal sqlstate '45000' set message_text = 'Nagare: what nagare_head holds is never changed, deleted or taken back'
        """;

    // An account sees the triggers only of tables whose triggers it may drop. The application's may not, and asks with the rights of who made
    // this. The name stands in it, because MariaDB looks through the tables of all databases for any other value.
    public string CreateGuards => $"""
        create function nagare_guards() returns text character set utf8mb4 not deterministic reads sql data sql security definer
        return (select group_concat(trigger_name) from information_schema.triggers where event_object_schema = '{database}')
        """;

    public const string InsertHead = """
        insert ignore into nagare_head (id) values (1)
        """;

    /// <summary>Every build of every version reads this one table first, so it never changes.</summary>
    public const string CreateFormat = $"""
        create table if not exists nagare_format_unfinished (version integer not null primary key) {TableOptions}
        """;

    // What an older build left of a creation that it did not finish.
    public const string DropUnfinished = """
        drop table if exists nagare_format_unfinished
        """;

    public const string InsertFormat = """
        insert ignore into nagare_format_unfinished (version) values (3)
        """;

    // One step, done or not: from here on there is a journal.
    public const string FinishFormat = """
        rename table nagare_format_unfinished to nagare_format
        """;

    public override IReadOnlyList<string> Create =>
    [
        $"create database if not exists `{database}` character set utf8mb4",
        $"use `{database}`",
        $"set session sql_mode = '{SqlMode}'",
        CreateHead, CreateEvents, CreateLinks, CreateTypes, CreateRestores, CreateSnapshots, CreateTree,
        "drop trigger if exists nagare_events_refuse_update", RefuseUpdate,
        "drop trigger if exists nagare_events_refuse_delete", RefuseDelete,
        "drop trigger if exists nagare_links_refuse_update", RefuseLinkUpdate,
        "drop trigger if exists nagare_links_refuse_delete", RefuseLinkDelete,
        "drop trigger if exists nagare_tree_refuse_update", RefuseTreeUpdate,
        "drop trigger if exists nagare_tree_refuse_delete", RefuseTreeDelete,
        "drop trigger if exists nagare_head_refuse_delete", RefuseHeadDelete,
        "drop function if exists nagare_guards", CreateGuards,
        InsertHead, DropUnfinished, CreateFormat, InsertFormat, FinishFormat,
    ];

    // From 1 to 2 came a procedure, which went again; from 2 to 3 the head's row lost what the last event says. Whoever is killed in the middle leaves
    // what the next upgrade does again.
    public override IReadOnlyDictionary<int, IReadOnlyList<string>> Upgrades => new Dictionary<int, IReadOnlyList<string>>
    {
        [1] = [$"update `{database}`.nagare_format set version = 2"],
        [2] =
        [
            $"use `{database}`",
            $"set session sql_mode = '{SqlMode}'",
            "drop procedure if exists nagare_append",
            "drop table if exists nagare_head", CreateHead, RefuseHeadDelete, InsertHead,
            "update nagare_format set version = 3",
        ],
    };

    // The name is arbitrary and only has to be the same in every build.
    public override string BeginChange => $"""
        select get_lock('nagare_schema', {busySeconds})
        """;

    public override string EndChange => """
        do release_lock('nagare_schema')
        """;

    public override string CountFormatTables => $"""
        select count(*) from information_schema.tables where table_schema = '{database}' and table_name = 'nagare_format'
        """;

    public override string ReadFormat => $"""
        select max(version) from `{database}`.nagare_format
        """;

    // Another engine knows no transaction, and another collation would take two ids for one.
    public override string ReadMissing => $"""
        select name from (
            select 'nagare_format' as name union all select 'nagare_head' union all select 'nagare_events' union all select 'nagare_links'
            union all select 'nagare_types' union all select 'nagare_restores' union all select 'nagare_snapshots' union all select 'nagare_tree') as tables_made
        where not exists (
            select 1 from information_schema.tables t
            where t.table_schema = '{database}' and t.table_name = name and t.engine = 'InnoDB' and t.table_collation in ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin'))
        union all
        select name from (
            select 'nagare_events_stream' as name union all select 'nagare_events_event_id' union all select 'nagare_events_correlation'
            union all select 'nagare_events_causation' union all select 'nagare_events_subject' union all select 'nagare_events_occurred'
            union all select 'nagare_links_event') as indexes_made
        where not exists (
            select 1 from information_schema.statistics s
            where s.table_schema = '{database}' and s.table_name in ('nagare_events', 'nagare_links') and s.index_name = name)
        union all
        select name from (
            select 'nagare_events_refuse_update' as name union all select 'nagare_events_refuse_delete' union all select 'nagare_links_refuse_update'
            union all select 'nagare_links_refuse_delete' union all select 'nagare_head_refuse_delete'
            union all select 'nagare_tree_refuse_update' union all select 'nagare_tree_refuse_delete') as triggers_made
        where not coalesce(find_in_set(name, `{database}`.nagare_guards()), 0)
        """;

    /// <summary>What an application's account needs, and no more.</summary>
    public string GrantScript(string user, string host)
    {
        var account = $"{Quoted(user)}@{Quoted(host)}";
        return $"""
            grant select on `{database}`.nagare_format to {account};
            grant select, update on `{database}`.nagare_head to {account};
            grant select, insert on `{database}`.nagare_events to {account};
            grant select, insert on `{database}`.nagare_links to {account};
            grant select, insert on `{database}`.nagare_types to {account};
            grant select, insert on `{database}`.nagare_restores to {account};
            grant select, insert on `{database}`.nagare_tree to {account};
            grant select, insert, update, delete on `{database}`.nagare_snapshots to {account};
            grant execute on function `{database}`.nagare_guards to {account};
            """;
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
