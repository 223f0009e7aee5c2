using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>What a journal on a database server logs.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Journal in {Place} is open: {Server}, busy time-out {BusyTimeout}.")]
    public static partial void Opened(ILogger logger, string place, string server, TimeSpan busyTimeout);
}
