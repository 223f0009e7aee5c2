using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>What a journal on SQLite logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(1, LogLevel.Information, "Journal '{Path}' is open: durability {Durability}, busy time-out {BusyTimeout}, SQLite {Engine}.")]
    public static partial void Opened(ILogger logger, string path, SqliteDurability durability, TimeSpan busyTimeout, string engine);
}
