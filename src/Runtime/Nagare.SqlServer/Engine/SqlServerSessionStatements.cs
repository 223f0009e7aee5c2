namespace Nagare.Storage;

/// <summary>What a journal says when it connects and when it is opened.</summary>
internal sealed class SqlServerSessionStatements(SqlServerStatementList list)
{
    /// <summary>
    /// Everything that a login, a database or a server may have as another default, and that a statement's meaning rests on. An error ends
    /// its batch and its transaction (xact_abort), so that nothing goes on outside of the transaction it was meant for. Gives the session's number,
    /// which the client knows from SQL Server and not from Babelfish.
    /// </summary>
    public string Settings { get; } = list.Add($"""
        set xact_abort on;
        set nocount on;
        set implicit_transactions off;
        set transaction isolation level read committed;
        set lock_timeout {list.BusyMilliseconds};
        select cast(@@spid as int)
        """);

    /// <summary>
    /// What a session that reads sets besides on Babelfish, which ignores the hints in the statements: without it PostgreSQL's planner sorts the
    /// whole rest of a young table for each page. Off means "only where there is no other way". SQL Server has neither the function nor the settings.
    /// </summary>
    public string ReadSettings { get; } = list.Add("""
        if serverproperty('Babelfish') is not null
            exec ('select set_config(name, ''off'', false) from (values (''enable_seqscan''), (''enable_bitmapscan''), (''enable_sort''),
                (''enable_incremental_sort''), (''enable_hashjoin''), (''enable_mergejoin''), (''enable_material'')) settings (name)')
        """);

    /// <summary>What tells this journal's place from every other, and the isolation of the session.</summary>
    public string ReadPlace { get; } = list.Add($"""
        select
            cast(serverproperty('ServerName') as nvarchar(256)) + N'/' + db_name() + N'/' + coalesce(cast(object_id('[{list.SchemaName}].nagare_head') as nvarchar(20)), N''),
            case transaction_isolation_level
                when 1 then N'read uncommitted' when 2 then N'read committed' when 3 then N'repeatable read' when 4 then N'serializable' when 5 then N'snapshot' end
        from sys.dm_exec_sessions
        where session_id = @@spid
        """);

    /// <summary>How long the session of a caller waits for locks.</summary>
    public string ReadLockTimeout { get; } = list.Add("""
        select @@lock_timeout
        """);

    /// <summary>As long as the journal waits.</summary>
    public string UseLockTimeout { get; } = list.Add($"""
        set lock_timeout {list.BusyMilliseconds}
        """);

    /// <summary>As long as a caller waited before.</summary>
    public static string LockTimeoutOf(int milliseconds) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"set lock_timeout {milliseconds}");

    /// <summary>Ends another session.</summary>
    public static string KillOf(int session) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"kill {session}");

    /// <summary>Where a caller's transaction can go back to.</summary>
    public string Savepoint { get; } = list.Add("""
        save transaction nagare_append
        """);

    public string RollbackToSavepoint { get; } = list.Add("""
        rollback transaction nagare_append
        """);

    /// <summary>What the server is, and what decides how long an acknowledged append lasts and whether readers wait for writers.</summary>
    public string ReadServer { get; } = list.Add("""
        select
            cast(serverproperty('ProductVersion') as nvarchar(128)),
            cast(serverproperty('Edition') as nvarchar(128)),
            cast(d.is_read_committed_snapshot_on as int),
            cast(d.delayed_durability as int)
        from sys.databases d
        where d.database_id = db_id()
        """);
}
