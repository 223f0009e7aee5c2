using System.Text;
using Nagare.Storage;

namespace Nagare.Relational.Tests;

internal static class Appends
{
    public static readonly StreamId Stream = new("note", "n-1");

    private static readonly StoredEventType Noted = new("note", "noted", 1, "", null);

    private static readonly StoredEventType Poisonous = new("note", "poison", 1, "", null);

    public static PreparedAppend Of(string text) => To(Stream, ExpectedVersion.Any, text);

    public static PreparedAppend Poison() => To(Stream, ExpectedVersion.Any, Poisonous, null, "poison");

    public static PreparedAppend To(StreamId stream, ExpectedVersion expected, params string[] texts) => To(stream, expected, Noted, null, texts);

    public static PreparedAppend WithId(Guid id, params string[] texts) => To(Stream, ExpectedVersion.Any, Noted, id, texts);

    /// <summary>An append, and a stream that it only says something of.</summary>
    public static PreparedAppend Beside(PreparedAppend append, StreamId stream, ExpectedVersion expected) => new()
    {
        AppendId = append.AppendId,
        IsIdGiven = append.IsIdGiven,
        Now = append.Now,
        EventCount = append.EventCount,
        Bytes = append.Bytes,
        Streams = [.. append.Streams, new PreparedStream { StreamId = stream, Expected = expected, Events = [] }],
    };

    private static PreparedAppend To(StreamId stream, ExpectedVersion expected, StoredEventType type, Guid? id, params string[] texts)
    {
        var appendId = id ?? Guid.CreateVersion7();
        return new PreparedAppend
        {
            AppendId = appendId,
            IsIdGiven = id is not null,
            Now = 1,
            EventCount = texts.Length,
            Bytes = texts.Sum(text => text.Length),
            Streams =
            [
                new PreparedStream
                {
                    StreamId = stream,
                    Expected = expected,
                    Events = [.. texts.Select((text, i) => new PreparedEvent { EventId = EventIds.At(appendId, i), Type = type, Data = Encoding.UTF8.GetBytes(text), Salt = default, ContentHash = default })],
                },
            ],
        };
    }
}
