namespace Nagare;

/// <summary>Which part of a journal is meant: what is null does not narrow.</summary>
public sealed record JournalScope
{
    /// <summary>The whole journal.</summary>
    public static JournalScope Everything { get; } = new();

    /// <summary>One stream.</summary>
    public StreamId? Stream { get; init; }

    /// <summary>The streams of one category; for aggregates, of one event family.</summary>
    public string? Category { get; init; }

    /// <summary>One logical request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>On whose behalf or about whom.</summary>
    public string? Subject { get; init; }

    /// <summary>From this instant on, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to this instant, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Which time <see cref="From"/> and <see cref="To"/> mean, and in which order events come where they are given.</summary>
    public TimeBasis Time { get; init; } = TimeBasis.Recorded;

    /// <summary>Only events after this position.</summary>
    public Position After { get; init; }

    /// <summary>Only events up to and with this position; null for all.</summary>
    public Position? Until { get; init; }

    /// <summary>What was recorded from this instant on.</summary>
    public static JournalScope Since(DateTimeOffset instant) => new() { From = instant };

    /// <summary>What was recorded in this month, UTC.</summary>
    public static JournalScope Month(int year, int month)
    {
        var start = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero);
        return new() { From = start, To = start.AddMonths(1) };
    }

    /// <summary>One stream.</summary>
    public static JournalScope Of(StreamId stream) => new() { Stream = stream };

    /// <summary>One logical request.</summary>
    public static JournalScope Correlated(string correlationId) => new() { CorrelationId = correlationId };
}

/// <summary>The two times of an event.</summary>
public enum TimeBasis
{
    /// <summary>When it was stored. Every event has it, and it never runs backwards.</summary>
    Recorded,

    /// <summary>When it happened as the caller said. Events without it are outside every range of occurred time.</summary>
    Occurred,
}

/// <summary>In which direction a journal is read.</summary>
public enum ReadDirection
{
    /// <summary>Oldest first.</summary>
    Forwards,

    /// <summary>Newest first.</summary>
    Backwards,
}
