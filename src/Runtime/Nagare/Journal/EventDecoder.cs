using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>Turns stored events into events and envelopes. One decoder belongs to one reader; it is not for several threads.</summary>
internal sealed class EventDecoder(EventModel model, UnknownEventPolicy unknownEvents)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JournalLimits.MaxJsonDepth };

    private readonly EventTypeCache _types = new(model);
    private string? _streamText;
    private StreamId _stream;

    /// <summary>The event, straight from the stored bytes; null where it is unknown and unknown events are skipped.</summary>
    /// <exception cref="UnknownEventException">It is unknown and the policy is to fail.</exception>
    /// <exception cref="EventFormatException">The payload does not fit.</exception>
    public object? Event(in StoredEvent e)
    {
        if (_types.Find(e.Family, e.Type, e.SchemaVersion) is not { } type)
        {
            return unknownEvents == UnknownEventPolicy.Skip
                ? null
                : throw new UnknownEventException(e.Family, e.Type, e.SchemaVersion, e.Position);
        }

        var reader = new Utf8JsonReader(e.Data, Options);
        try
        {
            return type.Read(ref reader);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            throw new EventFormatException(type.ToString(), type.SchemaVersion, null, reader.BytesConsumed, problem.Message.TrimEnd('.'), problem);
        }
    }

    /// <summary>The event with all that is known about it; null where it is unknown and unknown events are skipped.</summary>
    /// <inheritdoc cref="Event"/>
    public Envelope? Envelope(in StoredEvent e) => Event(in e) is not { } decoded ? null : new Envelope
    {
        Position = e.Position,
        StreamId = Stream(e.StreamId),
        Version = e.Version,
        EventId = e.EventId,
        Family = e.Family,
        TypeName = e.Type,
        SchemaVersion = e.SchemaVersion,
        Event = decoded,
        Data = e.Data.ToArray(),
        Metadata = Metadata(in e),
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
