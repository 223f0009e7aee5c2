namespace Nagare.Storage;

/// <summary>What a journal says when it connects and when it is opened.</summary>
internal sealed class SqlServerSessionStatements(SqlServerStatementList list)
{
    /// <summary>
    /// Everything that a login, a database or a server may have as another default, and that a statement's meaning rests on. An error ends
    /// its batch and its transaction (xact_abort), so that nothing goes on outside of the transaction it was meant for.
    /// </summary>
    public string Settings { get; } = list.Add($"""
        set xact_abort on;
        set nocount on;
        set implicit_transactions off;
        set transaction isolation level read committed;
        set lock_timeout {list.BusyMilliseconds}
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
