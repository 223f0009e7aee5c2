using Nagare.Storage;

namespace Nagare;

/// <summary>Everything one append can say: several streams at once, an id to ask again with, metadata for each event.</summary>
/// <remarks>All of it is stored, or nothing.</remarks>
public sealed record AppendRequest
{
    /// <summary>The streams and what they get; each stream once, in the order in which positions are given.</summary>
    public required IReadOnlyList<StreamAppend> Streams { get; init; }

    /// <summary>
    /// The id to ask again with. Appending again with the same id and the same events returns the first answer and stores nothing;
    /// with other events it throws <see cref="AppendIdReusedException"/>. Null lets the journal make one. Use UUIDv7
    /// (<see cref="Guid.CreateVersion7()"/>): random ids cost the indexes dearly.
    /// </summary>
    public Guid? AppendId { get; init; }

    /// <summary>Metadata of all its events; each event's own wins over it, the enclosing <see cref="EventScope"/> fills what both leave null.</summary>
    public EventMetadata Metadata { get; init; } = EventMetadata.None;

    /// <summary>
    /// Code of the caller that runs inside the append's transaction and commits with it; null for none. Such an append is committed alone,
    /// never together with other callers'. What the code throws rolls everything back and reaches the caller as it is. It needs at least one event.
    /// </summary>
    public AppendParticipant? Participate { get; init; }
}

/// <summary>What one stream gets in an append.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Expected">What must hold of it.</param>
/// <param name="Events">Its new events, in order. None is allowed and changes nothing, though the expectation is still checked.</param>
public sealed record StreamAppend(StreamId StreamId, ExpectedVersion Expected, IReadOnlyList<NewEvent> Events);

/// <summary>An event to be stored.</summary>
/// <param name="Event">The event, of a type that a registered model knows.</param>
/// <param name="Metadata">What is known about this one event besides the append's metadata, or null.</param>
/// <param name="CausedBy">
/// Places of earlier events of the same append (from 0, counted over all its streams) that caused this one: the first becomes the
/// causation id, the rest further causes. Their ids are not known before the append; this says them all the same.
/// </param>
public sealed record NewEvent(object Event, EventMetadata? Metadata = null, IReadOnlyList<int>? CausedBy = null);

/// <summary>What an append stored, or had stored when it was first made.</summary>
public sealed record AppendResult
{
    /// <summary>The id of the append and of its first event; event <i>k</i> (from 0) has this id plus <i>k</i>. Of an append without events it names nothing.</summary>
    public required Guid AppendId { get; init; }

    /// <summary>The position of its first event; for an append without events the journal's head.</summary>
    public required Position FirstPosition { get; init; }

    /// <summary>The position of its last event; for an append without events the journal's head.</summary>
    public required Position LastPosition { get; init; }

    /// <summary>How many events it stored.</summary>
    public required int EventCount { get; init; }

    /// <summary>The version of each stream after the append, in the order of the request.</summary>
    public required IReadOnlyList<StreamResult> Streams { get; init; }

    /// <summary>When it was stored, UTC to the microsecond. <see cref="DateTimeOffset.UnixEpoch"/> for an append without events to an empty journal.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Whether an earlier append with the same id had stored it all already and this one added nothing.</summary>
    public bool WasStoredBefore { get; init; }

    /// <summary>The version of the only stream.</summary>
    /// <exception cref="InvalidOperationException">The append had several streams.</exception>
    public StreamVersion Version => Streams.Count == 1 ? Streams[0].Version : throw new InvalidOperationException($"The append wrote {Streams.Count} streams; ask Streams for the version of each.");

    /// <summary>The append's id, what it stored and where.</summary>
    public override string ToString() =>
        $"{AppendId}: {EventCount} events at positions {FirstPosition} to {LastPosition}, {string.Join(", ", Streams.Select(stream => $"{stream.StreamId} v{stream.Version}"))}{(WasStoredBefore ? ", stored before" : "")}";

    /// <summary>The id of its event at this place, from 0 over all its streams.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The append has no such event.</exception>
    public Guid EventId(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, EventCount);
        return EventIds.At(AppendId, place);
    }
}

/// <summary>Where a stream stands after an append.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Version">Its version after the append.</param>
public readonly record struct StreamResult(StreamId StreamId, StreamVersion Version);
