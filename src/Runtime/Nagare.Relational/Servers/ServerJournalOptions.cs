using Nagare.Storage;

namespace Nagare;

/// <summary>How a journal on a database server is opened; each provider adds what only it has.</summary>
public abstract class ServerJournalOptions
{
    // One statement moves 256 MB at most, which a slow network still does in this time.
    private static readonly TimeSpan DefaultCommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The connection string, in the words of the database's client. The journal keeps its own few connections, so pooling is always off.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long a write waits while another process writes, before <see cref="JournalBusyException"/>. To the millisecond, from 1.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take before the database counts as unavailable. To the second, from 1.</summary>
    public TimeSpan CommandTimeout { get; set; } = DefaultCommandTimeout;

    /// <summary>What opening does about the journal's tables.</summary>
    public JournalSchemaHandling Schema { get; set; } = JournalSchemaHandling.CreateIfMissing;

    /// <summary>How much waits in front of the writer, and how much it commits at once.</summary>
    public AppendQueueLimits Queue { get; set; } = new();

    /// <summary>How many connections read at the same time, from 1; further readers wait. The writer has one more.</summary>
    public int MaxReadConnections { get; set; } = 8;

    /// <summary>Checks what every server's options share.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of range.</exception>
    public virtual void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout.TotalMilliseconds, 1, nameof(BusyTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BusyTimeout.TotalMilliseconds, int.MaxValue, nameof(BusyTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(CommandTimeout.TotalSeconds, 1, nameof(CommandTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommandTimeout.TotalSeconds, int.MaxValue, nameof(CommandTimeout));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxReadConnections);
        ArgumentNullException.ThrowIfNull(Queue);
        Queue.Check();
    }
}
