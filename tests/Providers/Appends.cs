using System.Text;
using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>Appends as they reach a provider, without a model.</summary>
internal static class Appends
{
    public static readonly StoredEventType Noted = new("note", "noted", 1, "text string", new ExplanationTemplate("Noted", "{Text}", null, null, ["kind=note"]));

    public static readonly StreamId Stream = new("note", "n-1");

    public static PreparedAppend Of(params string[] texts) => To(Stream, ExpectedVersion.Any, [.. texts.Select(text => Event(text))]);

    public static PreparedAppend To(StreamId stream, ExpectedVersion expected, params PreparedEvent[] events) =>
        Of(null, new PreparedStream { StreamId = stream, Expected = expected, Events = events });

    public static PreparedAppend Of(Guid? appendId, params PreparedStream[] streams)
    {
        var id = appendId ?? NewId();
        var place = 0;
        var numbered = streams.Select(stream => new PreparedStream
        {
            StreamId = stream.StreamId,
            Expected = stream.Expected,
            Events = [.. stream.Events.Select(e => e with { EventId = EventIds.At(id, place++) })],
        }).ToArray();
        return new PreparedAppend
        {
            AppendId = id,
            IsIdGiven = appendId is not null,
            Streams = numbered,
            Now = UnixMicroseconds.FromInstant(DateTimeOffset.UtcNow),
            EventCount = place,
            Bytes = numbered.Sum(stream => stream.Events.Sum(e => (long)e.Data.Length + e.Metadata.Length)),
        };
    }

    public static PreparedEvent Event(
        string text,
        StoredEventType? type = null,
        string? correlation = null,
        CausationId? cause = null,
        IEnumerable<CausationId>? furtherCauses = null,
        string? subject = null,
        long? occurredAt = null) => new()
        {
            EventId = Guid.Empty,
            Type = type ?? Noted,
            Data = Encoding.UTF8.GetBytes(text),
            CorrelationId = correlation,
            CausationId = cause?.ToBytes(),
            FurtherCauses = [.. (furtherCauses ?? []).Select(further => (ReadOnlyMemory<byte>)further.ToBytes())],
            Subject = subject,
            OccurredAt = occurredAt,
            Salt = new byte[16],
            ContentHash = new byte[32],
        };

    public static Guid NewId() => Guid.CreateVersion7();

    public static string Text(this StoredRow row) => Encoding.UTF8.GetString(row.Data.Span);

    public static async Task<List<StoredRow>> ReadAll(this IJournalStorage journal, StoredQuery query)
    {
        var sink = new RowSink();
        var count = await journal.Read(query, sink, default);
        Assert.Equal(count, sink.Rows.Count);
        return sink.Rows;
    }

    public static Task<List<StoredRow>> ReadAll(this IJournalStorage journal) =>
        journal.ReadAll(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue });
}
