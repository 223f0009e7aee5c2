namespace Nagare.Storage;

/// <summary>The tables of a journal on SQL Server.</summary>
/// <remarks>
/// Ids and names are the bytes of their UTF-8, in varbinary: text would be compared by a collation, which differs from server to server and
/// merges what differs by case, accent or trailing blank, and not every server has a binary collation of UTF-8. Bytes are compared as they are,
/// and where SQL Server pads them, with 0x00, ids are not concerned: they hold no control characters. An event id is big-endian in binary(16):
/// uniqueidentifier sorts by its last six bytes, so that ids made one after another would land all over the index.
/// </remarks>
internal sealed class SqlServerTables(SqlServerStatementList list) : ServerTables
{
    /// <summary>How many numbers there are, and so how many events or links one statement inserts at most.</summary>
    public const int Numbers = 1_000;

    public override int FormatVersion => 1;

    /// <summary>Changes nothing where the schema is there; the statement has to be alone in its batch otherwise.</summary>
    public string CreateSchema { get; } = list.Add($"""
        if schema_id('{list.SchemaName}') is null
            exec ('create schema [{list.SchemaName}]')
        """);

    /// <summary>Every build of every version reads this one table first, so it never changes.</summary>
    public string CreateFormat { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_format (version int not null)
        """);

    /// <summary>One row, which every writer locks first.</summary>
    public string CreateHead { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_head (
            id           int     not null constraint nagare_head_pk primary key check (id = 1),
            position     bigint  not null,
            recorded_at  bigint  not null
        )
        """);

    public string CreateEvents { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_events (
            position        bigint          not null constraint nagare_events_pk primary key,
            version         bigint          not null,
            recorded_at     bigint          not null,
            occurred_at     bigint          null,
            schema_version  int             not null,
            event_id        binary(16)      not null,
            stream_id       varbinary(255)  not null,
            family          varbinary(255)  not null,
            type            varbinary(255)  not null,
            correlation_id  varbinary(255)  null,
            causation_id    varbinary(255)  null,
            traceparent     varbinary(255)  null,
            actor           varbinary(255)  null,
            subject         varbinary(255)  null,
            salt            varbinary(255)  null,
            content_hash    varbinary(255)  not null,
            metadata        varbinary(max)  null,
            data            varbinary(max)  not null
        )
        """);

    public string CreateStreamIndex { get; } = list.Add($"""
        create unique index nagare_events_stream on [{list.SchemaName}].nagare_events (stream_id, version)
        """);

    public string CreateEventIdIndex { get; } = list.Add($"""
        create unique index nagare_events_event_id on [{list.SchemaName}].nagare_events (event_id)
        """);

    // The position follows in each index below, so that keyset pages come out of it in order.
    public string CreateCorrelationIndex { get; } = list.Add($"""
        create index nagare_events_correlation on [{list.SchemaName}].nagare_events (correlation_id, position) where correlation_id is not null
        """);

    public string CreateCausationIndex { get; } = list.Add($"""
        create index nagare_events_causation on [{list.SchemaName}].nagare_events (causation_id, position) where causation_id is not null
        """);

    public string CreateSubjectIndex { get; } = list.Add($"""
        create index nagare_events_subject on [{list.SchemaName}].nagare_events (subject, position) where subject is not null
        """);

    public string CreateOccurredIndex { get; } = list.Add($"""
        create index nagare_events_occurred on [{list.SchemaName}].nagare_events (occurred_at, position) where occurred_at is not null
        """);

    /// <summary>Causes of an event besides its parent.</summary>
    public string CreateLinks { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_links (
            event_position  bigint          not null,
            cause           varbinary(255)  not null,
            constraint nagare_links_pk primary key (cause, event_position)
        )
        """);

    public string CreateLinksIndex { get; } = list.Add($"""
        create index nagare_links_event on [{list.SchemaName}].nagare_links (event_position)
        """);

    /// <summary>What the journal says about the event types it holds; the templates as one JSON object.</summary>
    public string CreateTypes { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_types (
            family          varbinary(255)  not null,
            name            varbinary(255)  not null,
            schema_version  int             not null,
            [schema]        varbinary(max)  not null,
            template        varbinary(max)  null,
            constraint nagare_types_pk primary key (family, name, schema_version)
        )
        """);

    public string CreateRestores { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_restores (
            id             bigint         not null identity constraint nagare_restores_pk primary key,
            restored_at    bigint         not null,
            source         nvarchar(max)  not null,
            last_position  bigint         not null
        )
        """);

    /// <summary>States that need not be folded again. Nothing rests on them: they may be changed, deleted and lost.</summary>
    public string CreateSnapshots { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_snapshots (
            stream_id    varbinary(255)  not null,
            aggregate    varbinary(255)  not null,
            version      bigint          not null,
            position     bigint          not null,
            recorded_at  bigint          not null,
            event_id     binary(16)      not null,
            schema_hash  varbinary(64)   not null,
            checksum     varbinary(64)   not null,
            data         varbinary(max)  not null,
            constraint nagare_snapshots_pk primary key (stream_id, aggregate)
        )
        """);

    /// <summary>Numbers from 0, by which a batch that came over as one value is taken apart.</summary>
    public string CreateNumbers { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_numbers (n int not null constraint nagare_numbers_pk primary key)
        """);

    /// <summary>The tree of proofs: what each row holds is the business of Nagare.Integrity.</summary>
    public string CreateTree { get; } = list.Add($"""
        create table [{list.SchemaName}].nagare_tree (
            tree     int             not null,
            level    int             not null,
            ordinal  bigint          not null,
            bytes    varbinary(max)  not null,
            constraint nagare_tree_pk primary key (tree, level, ordinal)
        )
        """);

    public string RefuseUpdate { get; } = list.Add($"""
        create trigger [{list.SchemaName}].nagare_events_refuse_update on [{list.SchemaName}].nagare_events after update, delete as
        begin
            throw 59001, 'Nagare: what nagare_events holds is never changed, deleted or taken back', 1;
        end
        """);

    public string RefuseLinkUpdate { get; } = list.Add($"""
        create trigger [{list.SchemaName}].nagare_links_refuse_update on [{list.SchemaName}].nagare_links after update, delete as
        begin
            throw 59001, 'Nagare: what nagare_links holds is never changed, deleted or taken back', 1;
        end
        """);

    public string RefuseTreeUpdate { get; } = list.Add($"""
        create trigger [{list.SchemaName}].nagare_tree_refuse_update on [{list.SchemaName}].nagare_tree after update, delete as
        begin
            throw 59001, 'Nagare: what nagare_tree holds is never changed, deleted or taken back', 1;
        end
        """);

    /// <summary>The head goes forwards only.</summary>
    public string RefuseHeadBackwards { get; } = list.Add($"""
        create trigger [{list.SchemaName}].nagare_head_refuse_backwards on [{list.SchemaName}].nagare_head after update as
        begin
            if exists (select 1 from inserted i join deleted d on d.id = i.id where i.position < d.position or i.recorded_at < d.recorded_at)
            begin
                throw 59001, 'Nagare: what nagare_head holds is never changed, deleted or taken back', 1;
            end
        end
        """);

    /// <summary>And it stays.</summary>
    public string RefuseHeadDelete { get; } = list.Add($"""
        create trigger [{list.SchemaName}].nagare_head_refuse_delete on [{list.SchemaName}].nagare_head after delete as
        begin
            throw 59001, 'Nagare: what nagare_head holds is never changed, deleted or taken back', 1;
        end
        """);

    public string InsertNumbers { get; } = list.Add($"""
        insert into [{list.SchemaName}].nagare_numbers (n)
        select a.n + b.n * 10 + c.n * 100
        from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as a(n)
        cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as b(n)
        cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as c(n)
        """);

    public string InsertHead { get; } = list.Add($"""
        insert into [{list.SchemaName}].nagare_head (id, position, recorded_at) values (1, 0, 0)
        """);

    public string InsertFormat { get; } = list.Add($"""
        insert into [{list.SchemaName}].nagare_format (version) values (1)
        """);

    public override IReadOnlyList<string> Create =>
    [
        CreateSchema, CreateFormat, CreateHead,
        CreateEvents, CreateStreamIndex, CreateEventIdIndex, CreateCorrelationIndex, CreateCausationIndex, CreateSubjectIndex, CreateOccurredIndex,
        CreateLinks, CreateLinksIndex, CreateTypes, CreateRestores, CreateSnapshots, CreateTree, CreateNumbers,
        RefuseUpdate, RefuseLinkUpdate, RefuseTreeUpdate, RefuseHeadBackwards, RefuseHeadDelete,
        InsertNumbers, InsertHead, InsertFormat,
    ];

    // A schema and a trigger are each alone in their batch.
    protected override string InScript(string statement) => statement + "\ngo";

    // Who gets the lock late finds the work done. Its name only has to be the same in every build; a change may take longer than an append, and
    // Babelfish waits for this lock too as long as the session says.
    public override string BeginChange { get; } = list.Add("""
        set lock_timeout 60000;
        begin transaction;
        declare @granted int;
        exec @granted = sp_getapplock @Resource = 'nagare_schema', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 60000;
        if @granted < 0
        begin
            throw 59004, 'Another process has been changing tables of a journal for a minute', 1;
        end
        """);

    public override string EndChange { get; } = list.Add("""
        commit transaction
        """);

    public override string CountFormatTables { get; } = list.Add($"""
        select count(*) from sys.tables t join sys.schemas s on s.schema_id = t.schema_id where s.name = '{list.SchemaName}' and t.name = 'nagare_format'
        """);

    public override string ReadFormat { get; } = list.Add($"""
        select max(version) from [{list.SchemaName}].nagare_format
        """);

    // Babelfish lengthens the name of an index by that of its table and a hash.
    public override string ReadMissing { get; } = list.Add($"""
        select expected.name
        from (values
            ('nagare_format'), ('nagare_head'), ('nagare_events'), ('nagare_links'), ('nagare_types'), ('nagare_restores'), ('nagare_snapshots'), ('nagare_tree'), ('nagare_numbers')) as expected(name)
        where not exists (
            select 1 from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.name)
        union all
        select expected.name
        from (values
            ('nagare_head', 'nagare_head_pk'), ('nagare_events', 'nagare_events_pk'), ('nagare_events', 'nagare_events_stream'),
            ('nagare_events', 'nagare_events_event_id'), ('nagare_events', 'nagare_events_correlation'), ('nagare_events', 'nagare_events_causation'),
            ('nagare_events', 'nagare_events_subject'), ('nagare_events', 'nagare_events_occurred'), ('nagare_links', 'nagare_links_pk'),
            ('nagare_links', 'nagare_links_event'), ('nagare_types', 'nagare_types_pk'), ('nagare_snapshots', 'nagare_snapshots_pk'), ('nagare_tree', 'nagare_tree_pk'), ('nagare_numbers', 'nagare_numbers_pk')) as expected(table_name, name)
        where not exists (
            select 1 from sys.indexes i join sys.tables t on t.object_id = i.object_id join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.table_name and i.name like expected.name + '%' and i.is_disabled = 0)
        union all
        select expected.name
        from (values
            ('nagare_events', 'nagare_events_refuse_update'), ('nagare_links', 'nagare_links_refuse_update'), ('nagare_tree', 'nagare_tree_refuse_update'),
            ('nagare_head', 'nagare_head_refuse_backwards'), ('nagare_head', 'nagare_head_refuse_delete')) as expected(table_name, name)
        where not exists (
            select 1 from sys.triggers g join sys.tables t on t.object_id = g.parent_id join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.table_name and g.name = expected.name and g.is_disabled = 0)
        """);

    /// <summary>
    /// What an application's user needs, and no more. Nothing in the schema can be executed; but Babelfish shows a trigger, for which a journal looks
    /// when it is opened, to those only who could.
    /// </summary>
    public string Grant { get; } = list.Add($"""
        grant select on [{list.SchemaName}].nagare_format to [@role];
        grant select, update on [{list.SchemaName}].nagare_head to [@role];
        grant select, insert on [{list.SchemaName}].nagare_events to [@role];
        grant select, insert on [{list.SchemaName}].nagare_links to [@role];
        grant select, insert on [{list.SchemaName}].nagare_types to [@role];
        grant select, insert on [{list.SchemaName}].nagare_restores to [@role];
        grant select, insert on [{list.SchemaName}].nagare_tree to [@role];
        grant select, insert, update, delete on [{list.SchemaName}].nagare_snapshots to [@role];
        grant select on [{list.SchemaName}].nagare_numbers to [@role];
        grant execute on schema::[{list.SchemaName}] to [@role];
        """);

    /// <summary>
    /// Who may not see definitions cannot check triggers, and what is denied stays denied to a user who is in a role such as db_datawriter. Babelfish
    /// has no such permissions.
    /// </summary>
    public string GrantOnSqlServer { get; } = list.Add($"""
        if serverproperty('Babelfish') is null
            exec ('
                grant view definition on schema::[{list.SchemaName}] to [@role];
                deny update, delete on [{list.SchemaName}].nagare_events to [@role];
                deny update, delete on [{list.SchemaName}].nagare_links to [@role];
                deny update, delete on [{list.SchemaName}].nagare_tree to [@role];
                deny delete on [{list.SchemaName}].nagare_head to [@role];
            ');
        """);

    /// <summary>Both for one role.</summary>
    public string GrantScript(string role)
    {
        var quoted = "[" + role.Replace("]", "]]", StringComparison.Ordinal) + "]";
        return Grant.Replace("[@role]", quoted, StringComparison.Ordinal) + "\n"
            + GrantOnSqlServer.Replace("[@role]", quoted.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal) + "\n";
    }
}
