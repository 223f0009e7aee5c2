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
}
