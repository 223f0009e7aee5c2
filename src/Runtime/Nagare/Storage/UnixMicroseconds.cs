namespace Nagare.Storage;

/// <summary>Instants as they are stored: microseconds since 1970-01-01 UTC, which every database keeps exactly as a 64-bit integer.</summary>
public static class UnixMicroseconds
{
    /// <summary>The instant, rounded down to the microsecond.</summary>
    public static long FromInstant(DateTimeOffset instant) => Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond) is var (whole, rest) && rest < 0 ? whole - 1 : whole;

    /// <summary>The instant of stored microseconds, UTC.</summary>
    public static DateTimeOffset ToInstant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
