using Nagare.Storage;

namespace Nagare;

/// <summary>How a journal on SQLite is opened.</summary>
public sealed class SqliteJournalOptions
{
    /// <summary>
    /// A Microsoft.Data.Sqlite connection string that names a file: <c>Data Source=agents.db</c>. <c>Mode=ReadOnly</c> gives a journal
    /// that can be read only. Pooling is always off: the journal keeps its own few connections.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What an acknowledged append survives. <see cref="SqliteDurability.Full"/> unless chosen otherwise.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;

    /// <summary>How long a write waits while another process writes, before <see cref="JournalBusyException"/>. To the millisecond.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What opening does about the journal's tables.</summary>
    public SqliteSchemaHandling Schema { get; set; } = SqliteSchemaHandling.CreateIfMissing;

    /// <summary>How much waits in front of the writer, and how much it commits at once.</summary>
    public AppendQueueLimits Queue { get; set; } = new();

    /// <summary>
    /// The largest the file may grow, in bytes, rounded down to whole pages; null for what the disk holds. Appends beyond it throw
    /// <see cref="JournalUnavailableException"/> and store nothing. It is read again whenever the writer connects anew, as it does after such a failure.
    /// </summary>
    public long? MaxFileBytes { get; set; }
}

/// <summary>What an acknowledged append survives.</summary>
public enum SqliteDurability
{
    /// <summary>The loss of power: every commit is flushed to the disk (<c>synchronous=FULL</c>).</summary>
    Full,

    /// <summary>
    /// The death of the process, not the loss of power, which may take the newest appends with it, whole and in order
    /// (<c>synchronous=NORMAL</c>). Several times faster where callers append one by one.
    /// </summary>
    Normal,
}

/// <summary>What opening a journal does about its tables.</summary>
public enum SqliteSchemaHandling
{
    /// <summary>Creates the file and the tables where they are missing.</summary>
    CreateIfMissing,

    /// <summary>Creates nothing: a missing file or missing tables are an error.</summary>
    CheckOnly,
}
