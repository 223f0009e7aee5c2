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

    /// <summary>What a batch brings, a row each: an event, a link, a type, or the id of something asked for; the kind says which.</summary>
    public string CreateRows { get; } = list.Add($"""
        create type [{list.SchemaName}].nagare_rows as table (
            kind            int             not null,
            position        bigint          null,
            version         bigint          null,
            recorded_at     bigint          null,
            occurred_at     bigint          null,
            schema_version  int             null,
            event_id        binary(16)      null,
            stream_id       varbinary(255)  null,
            family          varbinary(255)  null,
            type            varbinary(255)  null,
            correlation_id  varbinary(255)  null,
            causation_id    varbinary(255)  null,
            traceparent     varbinary(255)  null,
            actor           varbinary(255)  null,
            subject         varbinary(255)  null,
            salt            varbinary(255)  null,
            content_hash    varbinary(255)  null,
            metadata        varbinary(max)  null,
            data            varbinary(max)  null
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
        CreateLinks, CreateLinksIndex, CreateTypes, CreateRestores, CreateRows,
        RefuseUpdate, RefuseLinkUpdate, RefuseHeadBackwards, RefuseHeadDelete,
        InsertHead, InsertFormat,
    ];

    // A schema, a trigger and a type are each alone in their batch.
    public override string ScriptStatementEnd => "\ngo";

    // Who gets the lock late finds the work done. Its name only has to be the same in every build; the time-out is the session's.
    public override string BeginChange { get; } = list.Add("""
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

    public override string ReadMissing { get; } = list.Add($"""
        select expected.name
        from (values
            ('nagare_format'), ('nagare_head'), ('nagare_events'), ('nagare_links'), ('nagare_types'), ('nagare_restores')) as expected(name)
        where not exists (
            select 1 from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.name)
        union all
        select expected.name
        from (values
            ('nagare_head', 'nagare_head_pk'), ('nagare_events', 'nagare_events_pk'), ('nagare_events', 'nagare_events_stream'),
            ('nagare_events', 'nagare_events_event_id'), ('nagare_events', 'nagare_events_correlation'), ('nagare_events', 'nagare_events_causation'),
            ('nagare_events', 'nagare_events_subject'), ('nagare_events', 'nagare_events_occurred'), ('nagare_links', 'nagare_links_pk'),
            ('nagare_links', 'nagare_links_event'), ('nagare_types', 'nagare_types_pk')) as expected(table_name, name)
        where not exists (
            select 1 from sys.indexes i join sys.tables t on t.object_id = i.object_id join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.table_name and i.name = expected.name and i.is_disabled = 0)
        union all
        select expected.name
        from (values
            ('nagare_events', 'nagare_events_refuse_update'), ('nagare_links', 'nagare_links_refuse_update'),
            ('nagare_head', 'nagare_head_refuse_backwards'), ('nagare_head', 'nagare_head_refuse_delete')) as expected(table_name, name)
        where not exists (
            select 1 from sys.triggers g join sys.tables t on t.object_id = g.parent_id join sys.schemas s on s.schema_id = t.schema_id
            where s.name = '{list.SchemaName}' and t.name = expected.table_name and g.name = expected.name and g.is_disabled = 0)
        union all
        select 'nagare_rows'
        where type_id('{list.SchemaName}.nagare_rows') is null
        """);

    /// <summary>What an application's user needs, and no more.</summary>
    public string Grant { get; } = list.Add($"""
        grant select on [{list.SchemaName}].nagare_format to [@role];
        grant select, update on [{list.SchemaName}].nagare_head to [@role];
        grant select, insert on [{list.SchemaName}].nagare_events to [@role];
        grant select, insert on [{list.SchemaName}].nagare_links to [@role];
        grant select, insert on [{list.SchemaName}].nagare_types to [@role];
        grant select, insert on [{list.SchemaName}].nagare_restores to [@role];
        grant execute on schema::[{list.SchemaName}] to [@role];
        """);

    /// <summary>
    /// Who may not see definitions cannot check triggers, and what is denied stays denied to a user who is in a role such as db_datawriter. Babelfish
    /// has no such permissions, and shows definitions to all.
    /// </summary>
    public string GrantOnSqlServer { get; } = list.Add($"""
        if serverproperty('Babelfish') is null
            exec ('
                grant view definition on schema::[{list.SchemaName}] to [@role];
                deny update, delete on [{list.SchemaName}].nagare_events to [@role];
                deny update, delete on [{list.SchemaName}].nagare_links to [@role];
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
