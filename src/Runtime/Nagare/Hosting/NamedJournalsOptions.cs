namespace Nagare;

/// <summary>How many named journals one host keeps open, and for how long.</summary>
public sealed record NamedJournalsOptions
{
    /// <summary>Most journals open at once, from 1. Each has a connection that writes and up to a few that read.</summary>
    public int MaxOpen { get; init; } = 64;

    /// <summary>How long a journal that nobody holds stays open.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an opening waits while all places are in use, before <see cref="NamedJournalsExhaustedException"/>.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(5);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOpen, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(IdleTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(IdleTime, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxWait, TimeSpan.FromDays(1));
    }
}
