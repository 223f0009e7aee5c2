using System.Collections.Immutable;

namespace Nagare.Storage;

/// <summary>How often, and after which pauses, a writer tries again what is known not to be stored.</summary>
/// <param name="Pauses">The pause before each further attempt; none where the first failure counts.</param>
public sealed record RetrySchedule(ImmutableArray<TimeSpan> Pauses)
{
    /// <summary>The first failure counts: for a database inside the process.</summary>
    public static RetrySchedule None { get; } = new([]);

    /// <summary>
    /// Six further attempts within 5.75 s: the first is soon enough for a deadlock, all together long enough for a server that comes back
    /// after a crash (measured: 3.0 s as a rule, 4.4 s at worst).
    /// </summary>
    public static RetrySchedule ForServers { get; } = new([.. ((int[])[50, 200, 500, 1_000, 2_000, 2_000]).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))]);
}
