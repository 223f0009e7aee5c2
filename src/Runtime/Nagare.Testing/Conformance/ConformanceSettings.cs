namespace Nagare.Testing;

/// <summary>How large and how long the scenarios are. The defaults suit every build; longer runs find rarer faults.</summary>
public sealed record ConformanceSettings
{
    /// <summary>Sizes for every build: the published limits themselves, and two seconds of writers.</summary>
    public static ConformanceSettings Default { get; } = new();

    /// <summary>Small sizes, for running the whole suite many times.</summary>
    public static ConformanceSettings Quick { get; } = new()
    {
        FeedDuration = TimeSpan.FromMilliseconds(150),
        LargestPayloadBytes = 1024 * 1024,
        LargestAppendEvents = 2_000,
        FuzzedEvents = 200,
        Rounds = 3,
    };

    /// <summary>How many writers compete.</summary>
    public int Writers { get; init; } = 32;

    /// <summary>How long the writers of the feed scenarios write. Their loss bound is below 3 in the number of events written (95 %).</summary>
    public TimeSpan FeedDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest payload that is tried, in bytes.</summary>
    public int LargestPayloadBytes { get; init; } = JournalLimits.MaxPayloadBytes;

    /// <summary>The longest append that is tried, in events.</summary>
    public int LargestAppendEvents { get; init; } = JournalLimits.MaxAppendEvents;

    /// <summary>How many events of random content make the round trip.</summary>
    public int FuzzedEvents { get; init; } = 2_000;

    /// <summary>How often scenarios that depend on a race are repeated.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>When a scenario that makes no progress counts as hung.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The seed of everything random; printed with each failure.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock of durations and patience.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
