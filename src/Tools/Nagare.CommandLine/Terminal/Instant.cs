using System.Globalization;

namespace Nagare.CommandLine;

/// <summary>Instants as they are printed: always UTC, always marked so.</summary>
internal static class Instant
{
    /// <summary>To the second, for people.</summary>
    public static string Short(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the microsecond, as a journal keeps it, for programs.</summary>
    public static string Exact(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
