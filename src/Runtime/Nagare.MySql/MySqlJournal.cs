using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare.Storage;

namespace Nagare;

/// <summary>A journal in a database of a MySQL or MariaDB server.</summary>
/// <remarks>
/// Appends of many callers are committed in one transaction; where no other process writes, in one round trip. Any number of processes may
/// write: each batch takes the row of the journal's head, so that positions are dense and in commit order.
/// </remarks>
public sealed class MySqlJournal : ServerJournal
{
    private readonly MySqlDialect _dialect;

    /// <summary>Makes a journal that is not open yet.</summary>
    /// <exception cref="ArgumentException">The options name no server, or a value is out of range.</exception>
    public MySqlJournal(MySqlJournalOptions options, ILogger<MySqlJournal>? logger = null)
        : this(new MySqlDialect(options), options, logger ?? NullLogger<MySqlJournal>.Instance)
    {
    }

    private MySqlJournal(MySqlDialect dialect, MySqlJournalOptions options, ILogger logger)
        : base(dialect, options, logger, TimeProvider.System) => _dialect = dialect;

    /// <summary>
    /// The statements that give an account what an application needs and no more: it reads everything, inserts events and locks the head; it can
    /// neither change nor delete an event, nor touch a table. Run them as an account that may grant.
    /// </summary>
    /// <param name="user">The name of an existing account: <c>app</c> in <c>'app'@'%'</c>.</param>
    /// <param name="host">From where that account connects: <c>%</c> for anywhere.</param>
    public string GrantScript(string user, string host = "%")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        return _dialect.MySqlTables.GrantScript(user, host);
    }

    /// <inheritdoc/>
    protected override WriteSession CreateWriter() => new MySqlWriteSession(_dialect);
}
