namespace Nagare.Storage;

/// <summary>One page along one indexed path. What an index cannot answer is filtered by the reader, never by a scan in the database.</summary>
public readonly record struct StoredQuery
{
    /// <summary>Along which index.</summary>
    public required StoredPath Path { get; init; }

    /// <summary>The stream id, correlation id or subject; null on other paths.</summary>
    public string? Key { get; init; }

    /// <summary>For <see cref="StoredPath.Cause"/> the stored bytes of a <see cref="CausationId"/>; for <see cref="StoredPath.EventId"/> the id's 16 bytes, big-endian.</summary>
    public ReadOnlyMemory<byte> KeyBytes { get; init; }

    /// <summary>
    /// The exclusive lower bound: a version on <see cref="StoredPath.Stream"/>, otherwise a position. On <see cref="StoredPath.Occurred"/> a
    /// pair with <see cref="AfterOccurred"/>: events at (occurred, position) greater than the pair.
    /// </summary>
    public long After { get; init; }

    /// <summary>The inclusive upper bound, in the same terms as <see cref="After"/>; <see cref="long.MaxValue"/> for none.</summary>
    public long Until { get; init; }

    /// <summary>On <see cref="StoredPath.Occurred"/>: the occurred time of the lower bound, Unix microseconds.</summary>
    public long AfterOccurred { get; init; }

    /// <summary>On <see cref="StoredPath.Occurred"/>: the occurred time of the upper bound, Unix microseconds; with <see cref="Until"/> as its position, inclusive.</summary>
    public long UntilOccurred { get; init; }

    /// <summary>Oldest or newest first; the bounds keep their meaning.</summary>
    public ReadDirection Direction { get; init; }

    /// <summary>Which columns the reader needs.</summary>
    public StoredDetail Detail { get; init; }

    /// <summary>The most events to give, from 1.</summary>
    public required int Limit { get; init; }
}

/// <summary>The indexes of a journal.</summary>
public enum StoredPath
{
    /// <summary>All events by position.</summary>
    Journal,

    /// <summary>One stream by version.</summary>
    Stream,

    /// <summary>One correlation id by position.</summary>
    Correlation,

    /// <summary>One subject by position.</summary>
    Subject,

    /// <summary>All events that have an occurred time, by that and then by position.</summary>
    Occurred,

    /// <summary>All events with this cause, as parent or as further cause, by position; each once.</summary>
    Cause,

    /// <summary>The one event with this id.</summary>
    EventId,
}

/// <summary>Which columns a reader needs.</summary>
public enum StoredDetail
{
    /// <summary>All of them.</summary>
    Full,

    /// <summary>Position, stream id, version, family, type, schema version, data and recorded-at: what a fold takes. The rest is left empty.</summary>
    Fold,
}

/// <summary>Takes events as they are read.</summary>
public interface IStoredEventSink
{
    /// <summary>Takes one event, whose spans are valid only during the call. Returns whether more are wanted.</summary>
    bool Accept(in StoredEvent e);
}
