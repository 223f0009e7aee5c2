namespace Nagare.Storage;

/// <summary>How much waits in front of the writer, and how much it commits at once.</summary>
/// <remarks>
/// A single append larger than a bound is taken alone: what <see cref="JournalLimits"/> allows can always be stored.
/// The bounds are on what is queued. Where appends wait for room, further callers of <see cref="IJournal"/> wait unencoded, in order, and one of them at a time is
/// encoded: beside a full queue and the batch that is being written, memory holds what callers were encoding when it filled up, and one append more.
/// A caller that waits can give up: cancelling withdraws its append.
/// </remarks>
public sealed record AppendQueueLimits
{
    /// <summary>Most events in the queue; further callers wait for room. About a second of work for a fast disk.</summary>
    public int MaxQueuedEvents { get; init; } = 65_536;

    /// <summary>Most bytes of payload and metadata in the queue; further callers wait for room.</summary>
    public long MaxQueuedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Most appends in one transaction. Past a few hundred the flush is paid for, and every caller waits for the whole batch.</summary>
    public int MaxBatchAppends { get; init; } = 1_024;

    /// <summary>Most events in one transaction.</summary>
    public int MaxBatchEvents { get; init; } = 4_096;

    /// <summary>Most bytes of payload and metadata in one transaction.</summary>
    public long MaxBatchBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>
    /// How long code that takes part in an append (<see cref="AppendRequest.Participate"/>) may keep the journal to itself. Below the time that other
    /// processes wait by default before they say busy.
    /// </summary>
    public TimeSpan ParticipationTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Checks that every bound allows at least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive, or a time is longer than a day.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxQueuedEvents);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxQueuedBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatchAppends);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatchEvents);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatchBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(ParticipationTime.TotalMilliseconds, 1, nameof(ParticipationTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ParticipationTime, TimeSpan.FromDays(1), nameof(ParticipationTime));
    }
}
