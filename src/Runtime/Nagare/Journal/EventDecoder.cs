using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>Turns stored events into what they mean today. Upcasters and the policy for unknown events stand here and nowhere else.</summary>
/// <remarks>Every route that gives events goes through a decoder; a test lists the routes. One decoder belongs to one reader; it is not for several threads.</remarks>
internal sealed class EventDecoder(EventModel model, UnknownEventPolicy unknownEvents)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JournalLimits.MaxJsonDepth };

    private readonly EventTypeCache _types = new(model);
    private string? _streamText;
    private StreamId _stream;

    /// <summary>Whether envelopes are given, with a <see cref="LeftOutEvent"/>, also for what is no event today.</summary>
    public bool GivesLeftOut { get; init; }

    /// <summary>The events, straight from the stored bytes; none where it is unknown and unknown events are skipped, or where an upcaster leaves nothing of it.</summary>
    /// <exception cref="UnknownEventException">It is unknown and the policy is to fail.</exception>
    /// <exception cref="EventFormatException">The payload does not fit.</exception>
    /// <exception cref="UpcastException">An upcaster threw.</exception>
    public DecodedEvents Events(in StoredEvent e)
    {
        var shape = _types.Find(e.Family, e.Type, e.SchemaVersion);
        if (shape.IsUnknown)
        {
            return unknownEvents == UnknownEventPolicy.Skip
                ? DecodedEvents.None
                : throw new UnknownEventException(e.Family, e.Type, e.SchemaVersion, e.Position);
        }

        var stored = Read(in e, shape);
        return shape.Past is { } past ? Upcast(in e, past, stored) : new DecodedEvents(stored);
    }

    /// <summary>The events with all that is known about them, in the order of their ordinals.</summary>
    /// <inheritdoc cref="Events"/>
    public IReadOnlyList<Envelope> Envelopes(in StoredEvent e)
    {
        var events = Events(in e);
        if (events.Count == 0)
        {
            return GivesLeftOut ? [Envelope(in e, new LeftOutEvent(_types.Find(e.Family, e.Type, e.SchemaVersion).IsUnknown), 0, e.Data.ToArray(), Metadata(in e), null)] : [];
        }

        var data = e.Data.ToArray();
        var metadata = Metadata(in e);
        if (events.Count == 1)
        {
            return [Envelope(in e, events[0], 0, data, metadata, null)];
        }

        var parts = new Envelope[events.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Envelope(in e, events[i], i, data, metadata, parts);
        }

        return parts;
    }

    private DecodedEvents Upcast(in StoredEvent e, PastEventType past, object old)
    {
        var at = past.ReadsEnvelope ? Envelope(in e, old, 0, e.Data.ToArray(), Metadata(in e), null) : null;
        try
        {
            return past.Upcast(old, at);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw new UpcastException($"{e.Family}/{e.Type}", e.SchemaVersion, Stream(e.StreamId), e.Version, e.Position, problem);
        }
    }

    private static object Read(in StoredEvent e, StoredShape shape)
    {
        var reader = new Utf8JsonReader(e.Data, Options);
        try
        {
            return shape.Read(ref reader);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            throw new EventFormatException($"{e.Family}/{e.Type}", e.SchemaVersion, null, reader.BytesConsumed, problem.Message.TrimEnd('.'), problem);
        }
    }

    private Envelope Envelope(in StoredEvent e, object decoded, int ordinal, byte[] data, EventMetadata metadata, IReadOnlyList<Envelope>? parts) => new()
    {
        Position = e.Position,
        StreamId = Stream(e.StreamId),
        Version = e.Version,
        Ordinal = ordinal,
        Parts = parts,
        EventId = e.EventId,
        Family = e.Family,
        TypeName = e.Type,
        SchemaVersion = e.SchemaVersion,
        Event = decoded,
        Data = data,
        Metadata = metadata,
        RecordedAt = UnixMicroseconds.ToInstant(e.RecordedAt),
    };

    private StreamId Stream(string text)
    {
        if (!ReferenceEquals(text, _streamText))
        {
            (_streamText, _stream) = (text, StreamId.FromStored(text));
        }

        return _stream;
    }

    private static EventMetadata Metadata(in StoredEvent e)
    {
        try
        {
            var rest = StoredMetadata.FromBytes(e.Metadata);
            return new EventMetadata
            {
                CorrelationId = e.CorrelationId,
                CausationId = e.CausationId.IsEmpty ? default(CausationId?) : CausationId.FromBytes(e.CausationId),
                FurtherCauses = rest.FurtherCauses,
                Actor = e.Actor,
                Subject = e.Subject,
                TraceParent = e.TraceParent,
                TraceState = rest.TraceState,
                OccurredAt = e.OccurredAt is { } occurredAt ? UnixMicroseconds.ToInstant(occurredAt) : null,
                Entries = rest.Entries,
            };
        }
        catch (Exception problem) when (problem is FormatException or InvalidIdException)
        {
            throw new EventFormatException($"{e.Family}/{e.Type}", e.SchemaVersion, "metadata", null, problem.Message.TrimEnd('.'), problem);
        }
    }
}
