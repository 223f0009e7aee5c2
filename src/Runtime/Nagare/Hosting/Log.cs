using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Every message that Nagare logs. Payloads and metadata never appear in one.</summary>
internal static partial class Log
{
    /// <summary>The one category of all of them.</summary>
    public const string Category = "Nagare";

    [LoggerMessage(1, LogLevel.Information, "The journal is open: {Events} events, {Families} event families known.")]
    public static partial void JournalOpened(ILogger logger, long events, int families);

    [LoggerMessage(2, LogLevel.Debug, "A command on {Stream} expected {Expected} and found version {Actual}; attempt {Attempt} of {MaxAttempts}, it is decided again.")]
    public static partial void CommandConflict(ILogger logger, StreamId stream, ExpectedVersion expected, StreamVersion actual, int attempt, int maxAttempts);

    [LoggerMessage(6, LogLevel.Warning, "The journal '{Name}' could not be closed properly.")]
    public static partial void NamedJournalNotClosed(ILogger logger, string name, Exception error);

    [LoggerMessage(3, LogLevel.Debug, "The snapshot of {Aggregate} on {Stream} at version {Version} is not used: {Fault}.")]
    public static partial void SnapshotIgnored(ILogger logger, string aggregate, StreamId stream, StreamVersion version, SnapshotFault fault);

    [LoggerMessage(4, LogLevel.Warning, "The snapshot of {Aggregate} on {Stream} at version {Version} is damaged; the state was folded from the journal.")]
    public static partial void SnapshotDamaged(ILogger logger, string aggregate, StreamId stream, StreamVersion version);

    [LoggerMessage(5, LogLevel.Warning, "A snapshot of {Aggregate} on {Stream} at version {Version} could not be read or written, or too many waited before it; the journal is not affected.")]
    public static partial void SnapshotFailed(ILogger logger, string aggregate, StreamId stream, StreamVersion version, Exception? error);
}
