using System.Runtime.CompilerServices;

namespace Nagare.Storage;

/// <summary>
/// Everything that a journal says to SQL Server. T-SQL has no search path, so each statement names the journal's schema and is put together
/// once, when a journal is made. Each enters one list: a test parses what is in the list, and finds SQL that is not.
/// </summary>
internal sealed class SqlServerStatements
{
    public SqlServerStatements(string schemaName, TimeSpan busyTimeout)
    {
        var list = new SqlServerStatementList(schemaName, (long)busyTimeout.TotalMilliseconds);
        Session = new SqlServerSessionStatements(list);
        Tables = new SqlServerTables(list);
        Read = new SqlServerReadStatements(list);
        Write = new SqlServerWriteStatements(list);
        Snapshots = new SqlServerSnapshotStatements(list);
        Examination = new SqlServerExaminationStatements(list);
        All = list.All;
    }

    public SqlServerSessionStatements Session { get; }

    public SqlServerTables Tables { get; }

    public SqlServerReadStatements Read { get; }

    public SqlServerWriteStatements Write { get; }

    public SqlServerSnapshotStatements Snapshots { get; }

    public SqlServerExaminationStatements Examination { get; }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyDictionary<string, string> All { get; }
}

/// <summary>The list that every statement enters, and what statements are put together with.</summary>
internal sealed class SqlServerStatementList(string schemaName, long busyMilliseconds)
{
    private readonly Dictionary<string, string> _all = new(StringComparer.Ordinal);

    public string SchemaName => schemaName;

    public long BusyMilliseconds => busyMilliseconds;

    public IReadOnlyDictionary<string, string> All => _all;

    /// <summary>Enters a statement under the name of the property that holds it.</summary>
    public string Add(string sql, [CallerMemberName] string name = "")
    {
        _all.Add(name, sql);
        return sql;
    }
}
