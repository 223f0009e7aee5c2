namespace Nagare.Storage;

/// <summary>What the doctor asks of SQL Server. Each is a row, or none where the login may not see what is asked for.</summary>
internal sealed class SqlServerExaminationStatements(SqlServerStatementList list)
{
    /// <summary>Whether commits wait for the log, whether torn pages are noticed, whether writes are taken, whether it is Babelfish.</summary>
    public string ReadDurability { get; } = list.Add("""
        select
            cast(d.delayed_durability as int),
            cast(d.page_verify_option as int),
            cast(d.is_read_only as int),
            cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(128)),
            cast(serverproperty('Babelfish') as int)
        from sys.databases d
        where d.database_id = db_id()
        """);

    /// <summary>Triggers on the journal's tables that are not the journal's.</summary>
    public string ReadForeignTriggers { get; } = list.Add($"""
        select cast(t.name as nvarchar(256))
        from sys.triggers t
        join sys.objects o on o.object_id = t.parent_id
        join sys.schemas s on s.schema_id = o.schema_id
        where s.name = '{list.SchemaName}' and o.name like 'nagare[_]%' and t.name not like 'nagare[_]%[_]refuse[_]%'
        """);

    /// <summary>The user, and whether it may change events, alter their table, and do what an append does; null without the tables.</summary>
    public string ReadRights { get; } = list.Add($"""
        select
            cast(user_name() as nvarchar(256)),
            case when has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'UPDATE') = 1
                   or has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'DELETE') = 1 then 1 else 0 end,
            has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'ALTER'),
            case when has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'SELECT') is null then null
                 when has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'SELECT') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_events', 'OBJECT', 'INSERT') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_links', 'OBJECT', 'INSERT') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_head', 'OBJECT', 'SELECT') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_head', 'OBJECT', 'UPDATE') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_types', 'OBJECT', 'SELECT') = 1
                  and has_perms_by_name('[{list.SchemaName}].nagare_types', 'OBJECT', 'INSERT') = 1 then 1 else 0 end
        """);
}
