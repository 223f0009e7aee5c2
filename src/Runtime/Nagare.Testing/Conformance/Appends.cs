using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Makes appends as they reach a storage: prepared, hashed, within all limits.</summary>
internal static class Appends
{
    public const string Family = "conformance";

    public static StoredEventType Noted { get; } = new(Family, "noted", 1, "text string", new ExplanationTemplate("Noted {Text}", "", null, null, []));

    /// <summary>An append of short notes to one stream. Without an id it gets one of its own, as the journal would make it.</summary>
    public static PreparedAppend To(StreamId stream, ExpectedVersion expected, int events = 1, Guid? id = null, string note = "n", long now = 0) =>
        Of(id, now, Streams((stream, expected, [.. Enumerable.Range(0, events).Select(i => Note($"{note}{i}"))])));

    /// <summary>An append to several streams.</summary>
    public static PreparedAppend To(params (StreamId Stream, ExpectedVersion Expected, int Events)[] streams) =>
        Of(null, 0, Streams([.. streams.Select(s => (s.Stream, s.Expected, (IReadOnlyList<Draft>)[.. Enumerable.Range(0, s.Events).Select(i => Note($"n{i}"))]))]));

    /// <summary>An append of these events to one stream.</summary>
    public static PreparedAppend To(StreamId stream, ExpectedVersion expected, IReadOnlyList<Draft> events, Guid? id = null) =>
        Of(id, 0, Streams((stream, expected, events)));

    /// <summary>A note as an event.</summary>
    public static Draft Note(string text) => new(Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""));

    /// <summary>An append with all that is prepared before a storage sees it.</summary>
    public static PreparedAppend Of(Guid? id, long now, IReadOnlyList<(StreamId Stream, ExpectedVersion Expected, IReadOnlyList<Draft> Events)> streams)
    {
        var appendId = id ?? Guid.CreateVersion7();
        var place = 0;
        var prepared = streams
            .Select(stream => new PreparedStream
            {
                StreamId = stream.Stream,
                Expected = stream.Expected,
                Events = [.. stream.Events.Select(draft => draft.Prepare(EventIds.At(appendId, place++), stream.Stream))],
            })
            .ToList();
        return new PreparedAppend
        {
            AppendId = appendId,
            IsIdGiven = id is not null,
            Streams = prepared,
            Now = now,
            EventCount = place,
            Bytes = prepared.Sum(stream => stream.Events.Sum(e => (long)e.Data.Length + e.Metadata.Length)),
        };
    }

    private static IReadOnlyList<(StreamId Stream, ExpectedVersion Expected, IReadOnlyList<Draft> Events)> Streams(params (StreamId, ExpectedVersion, IReadOnlyList<Draft>)[] streams) => streams;
}

/// <summary>An event to be: its payload and what is said about it.</summary>
internal sealed record Draft(ReadOnlyMemory<byte> Data)
{
    public StoredEventType Type { get; init; } = Appends.Noted;

    public string? CorrelationId { get; init; }

    public CausationId? Cause { get; init; }

    public ImmutableArray<CausationId> FurtherCauses { get; init; } = [];

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    public string? Actor { get; init; }

    public string? Subject { get; init; }

    public long? OccurredAt { get; init; }

    public ImmutableSortedDictionary<string, string> Entries { get; init; } = EventMetadata.None.Entries;

    public PreparedEvent Prepare(Guid eventId, StreamId stream)
    {
        var metadata = new StoredMetadata(TraceState, FurtherCauses, Entries).ToBytes();
        var cause = Cause?.ToBytes() ?? [];
        var salt = RandomNumberGenerator.GetBytes(ContentHash.SaltBytes);
        var hash = new byte[ContentHash.HashBytes];
        ContentHash.Compute(
            new StoredEvent
            {
                Position = 0,
                StreamId = stream.ToString(),
                Version = 0,
                EventId = eventId,
                Family = Type.Family,
                Type = Type.Name,
                SchemaVersion = Type.SchemaVersion,
                Data = Data.Span,
                Metadata = metadata,
                CorrelationId = CorrelationId,
                CausationId = cause,
                TraceParent = TraceParent,
                Actor = Actor,
                Subject = Subject,
                OccurredAt = OccurredAt,
                RecordedAt = 0,
                Salt = salt,
            },
            hash);
        return new PreparedEvent
        {
            EventId = eventId,
            Type = Type,
            Data = Data,
            Metadata = metadata,
            CorrelationId = CorrelationId,
            CausationId = cause,
            FurtherCauses = [.. FurtherCauses.Select(further => (ReadOnlyMemory<byte>)further.ToBytes())],
            TraceParent = TraceParent,
            Actor = Actor,
            Subject = Subject,
            OccurredAt = OccurredAt,
            Salt = salt,
            ContentHash = hash,
        };
    }
}
