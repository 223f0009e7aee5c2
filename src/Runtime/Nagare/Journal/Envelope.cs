using System.Diagnostics.CodeAnalysis;

namespace Nagare;

/// <summary>An event with everything the journal knows about it.</summary>
/// <remarks>
/// Where an upcaster stands between what was stored and <see cref="Event"/>, everything but the event speaks of what was stored: position,
/// version, id, names, payload, metadata and times.
/// </remarks>
public sealed class Envelope
{
    private readonly IReadOnlyList<Envelope>? _parts;

    /// <summary>Its place in the whole journal, from 1; 0 for an event that was never stored.</summary>
    public required Position Position { get; init; }

    /// <summary>The stream it belongs to.</summary>
    public required StreamId StreamId { get; init; }

    /// <summary>Its place in the stream, from 1; 0 for an event that was never stored.</summary>
    public required StreamVersion Version { get; init; }

    /// <summary>Its place, from 0, among the events into which an upcaster split the one that was stored; 0 for an event that was not split.</summary>
    /// <remarks>All parts have one version, one position and one id: a stream at that version has all of them.</remarks>
    public int Ordinal { get; init; }

    /// <summary>All into which the stored event was split, itself among them, by their ordinals.</summary>
    [AllowNull]
    internal IReadOnlyList<Envelope> Parts
    {
        get => _parts ?? [this];
        init => _parts = value;
    }

    /// <summary>Its id, a UUIDv7 made by the journal; consecutive within one append.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The stored name of its family.</summary>
    public required string Family { get; init; }

    /// <summary>The stored name of its type within the family.</summary>
    public required string TypeName { get; init; }

    /// <summary>The version of the shape in which it was stored, from 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The event itself.</summary>
    public required object Event { get; init; }

    /// <summary>Its payload as stored, UTF-8 JSON; empty for an event that was never stored.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Who, for whom, why and as part of what.</summary>
    public required EventMetadata Metadata { get; init; }

    /// <summary>When it was stored: UTC, to the microsecond, never earlier than the event before it in the journal.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it happened where the caller said so, otherwise null.</summary>
    public DateTimeOffset? OccurredAt => Metadata.OccurredAt;

    /// <summary>When it happened as far as known: the stated time, otherwise the recorded one.</summary>
    public DateTimeOffset HappenedAt => OccurredAt ?? RecordedAt;

    /// <summary>The event with this envelope, typed.</summary>
    /// <exception cref="InvalidCastException">The event is of another type.</exception>
    public Envelope<TEvent> As<TEvent>()
        where TEvent : class => new(this);

    /// <summary>"position 17: agent-run/r-1 v3 tool-failed".</summary>
    public override string ToString() => $"position {Position}: {StreamId} v{Version} {TypeName}";
}

/// <summary>An envelope whose event's type is known.</summary>
public readonly struct Envelope<TEvent>
    where TEvent : class
{
    /// <summary>Wraps an envelope.</summary>
    /// <exception cref="InvalidCastException">The event is of another type.</exception>
    public Envelope(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        Untyped = envelope;
        Event = (TEvent)envelope.Event;
    }

    /// <summary>The envelope.</summary>
    public Envelope Untyped { get; }

    /// <summary>The event.</summary>
    public TEvent Event { get; }

    /// <summary>Gives the event and its envelope.</summary>
    public void Deconstruct(out TEvent @event, out Envelope envelope) => (@event, envelope) = (Event, Untyped);
}
