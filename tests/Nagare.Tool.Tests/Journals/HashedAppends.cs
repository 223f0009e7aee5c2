using Nagare.Storage;

namespace Nagare.Tool.Tests;

/// <summary>Appends whose hashes are those of their content, which an export is checked by.</summary>
internal static class HashedAppends
{
    public static PreparedAppend Of(string stream, params string[] texts)
    {
        var append = Appends.To(new StreamId("note", stream), ExpectedVersion.Any, [.. texts.Select(text => Appends.Event(text, correlation: "c-1", subject: "s-1", occurredAt: 17))]);
        return new PreparedAppend
        {
            AppendId = append.AppendId,
            IsIdGiven = append.IsIdGiven,
            Streams = [.. append.Streams.Select(part => new PreparedStream { StreamId = part.StreamId, Expected = part.Expected, Events = [.. part.Events.Select(Hashed)] })],
            Now = append.Now,
            EventCount = append.EventCount,
            Bytes = append.Bytes,
        };
    }

    private static PreparedEvent Hashed(PreparedEvent e)
    {
        var hash = new byte[ContentHash.HashBytes];
        ContentHash.Compute(
            new StoredEvent
            {
                Position = 0,
                StreamId = "",
                Version = 0,
                RecordedAt = 0,
                EventId = e.EventId,
                Family = e.Type.Family,
                Type = e.Type.Name,
                SchemaVersion = e.Type.SchemaVersion,
                Data = e.Data.Span,
                Metadata = e.Metadata.Span,
                CorrelationId = e.CorrelationId,
                CausationId = e.CausationId.Span,
                Subject = e.Subject,
                OccurredAt = e.OccurredAt,
                Salt = e.Salt.Span,
            },
            hash);
        return e with { ContentHash = hash };
    }
}
