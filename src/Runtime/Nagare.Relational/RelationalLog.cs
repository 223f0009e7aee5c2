using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>What journals on SQL databases log, whichever the database. No payload, no metadata, no stream id; an error's words are the database's own.</summary>
internal static partial class RelationalLog
{
    [LoggerMessage(10, LogLevel.Information, "Journal in {Place} is open: {Server}, busy time-out {BusyTimeout}.")]
    public static partial void Opened(ILogger logger, string place, string server, TimeSpan busyTimeout);

    [LoggerMessage(11, LogLevel.Information, "The journal is closed; what was queued is stored or answered.")]
    public static partial void Closed(ILogger logger);

    [LoggerMessage(12, LogLevel.Warning, "{Appends} appends are tried again after {Pause}, attempt {Attempt} of {MaxAttempts} failed: {Reason}")]
    public static partial void TriedAgain(ILogger logger, int appends, int attempt, int maxAttempts, TimeSpan pause, string reason);

    [LoggerMessage(13, LogLevel.Warning, "The answer to the commit of {Appends} appends was lost, the journal is asked whether they are stored: {Reason}")]
    public static partial void AnswerLost(ILogger logger, int appends, string reason);

    [LoggerMessage(14, LogLevel.Error, "Whether {Appends} appends are stored is not known, their callers are told so: {Reason}")]
    public static partial void OutcomeUnknown(ILogger logger, int appends, string reason);

    [LoggerMessage(15, LogLevel.Error, "The journal cannot be written, appends fail until it can: {Reason}")]
    public static partial void Unwritable(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Information, "The journal is written again, on a new connection.")]
    public static partial void WritableAgain(ILogger logger);

    [LoggerMessage(17, LogLevel.Warning, "A commit of {Appends} appends took {Duration}, in {Attempts} attempts.")]
    public static partial void SlowCommit(ILogger logger, int appends, TimeSpan duration, int attempts);

    [LoggerMessage(18, LogLevel.Warning, "The queue in front of the writer is full, callers wait: {Events} events, {Bytes} bytes.")]
    public static partial void QueueFull(ILogger logger, int events, long bytes);

    [LoggerMessage(19, LogLevel.Information, "The queue in front of the writer has room again, nobody waits.")]
    public static partial void QueueHasRoom(ILogger logger);

    [LoggerMessage(20, LogLevel.Warning, "A reader connects again after {Pause}, attempt {Attempt} of {MaxAttempts} failed: {Reason}")]
    public static partial void ReadTriedAgain(ILogger logger, int attempt, int maxAttempts, TimeSpan pause, string reason);
}
