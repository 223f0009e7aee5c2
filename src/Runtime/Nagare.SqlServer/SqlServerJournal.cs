using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare.Storage;

namespace Nagare;

/// <summary>A journal in a schema of a SQL Server database.</summary>
/// <remarks>
/// Appends of many callers are committed in one transaction; where no other process writes, in one round trip. Any number of processes may
/// write: each batch takes the row of the journal's head, so that positions are dense and in commit order.
/// </remarks>
public sealed class SqlServerJournal : ServerJournal
{
    private readonly SqlServerDialect _dialect;

    /// <summary>Makes a journal that is not open yet.</summary>
    /// <exception cref="ArgumentException">The options name no database, or a value is out of range.</exception>
    public SqlServerJournal(SqlServerJournalOptions options, ILogger<SqlServerJournal>? logger = null)
        : this(new SqlServerDialect(options), options, logger ?? NullLogger<SqlServerJournal>.Instance)
    {
    }

    private SqlServerJournal(SqlServerDialect dialect, SqlServerJournalOptions options, ILogger logger)
        : base(dialect, options, logger, TimeProvider.System) => _dialect = dialect;

    /// <summary>
    /// The statements that give a user or a role what an application needs and no more: it reads everything, inserts events and moves the head;
    /// it can neither change nor delete an event, nor touch a table. Run them as the tables' owner.
    /// </summary>
    /// <param name="role">An existing user or role of the database.</param>
    public string GrantScript(string role)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        return _dialect.Statements.Tables.GrantScript(role);
    }

    /// <inheritdoc/>
    protected override WriteSession CreateWriter() => new SqlServerWriteSession(_dialect);
}
