using System.Text;
using Nagare.Storage;

namespace Nagare.Databases.Tests;

/// <summary>Events that a database or an export would like to change: their payloads, ids, names, times and metadata.</summary>
internal static class HostileAppends
{
    private static readonly byte[][] Payloads =
    [
        "{}"u8.ToArray(), """{"a":"\u0000"}"""u8.ToArray(), """{"a":"\ud800"}"""u8.ToArray(), """{"b":1.00,"a":1e2,"a":2}"""u8.ToArray(),
        "{ \"a\" :\t-0.0,\r\n \"b\": 123456789012345678901234567890.10 }\n"u8.ToArray(), Encoding.UTF8.GetBytes("{\"t\":\"流れ 𝕏 \u202E \\uD83D\\uDE00\"}"),
        Encoding.UTF8.GetBytes(new string('[', JournalLimits.MaxJsonDepth) + new string(']', JournalLimits.MaxJsonDepth)), " {}"u8.ToArray(), "{} "u8.ToArray(), "null"u8.ToArray(), "\"\""u8.ToArray(),
        [], [0], [0xFF, 0xFE, 0x00, 0xC0, 0x80], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], [.. Enumerable.Repeat((byte)'x', 100_000)],
    ];

    private static readonly string[] Texts =
    [
        "a", "A", "á", "a\u0301", "Zoë", "流れ", "𝕏", "'; drop table nagare_events; --", "\"", "\\", "%", "_", "$1", "@p0", "<b>", "..%2e/", "\u202Eabc", "null", "0", "ﬁ", new string('x', 240),
    ];

    private static readonly long?[] Instants = [null, 0, -1, 1, UnixMicroseconds.FromInstant(DateTimeOffset.MinValue), UnixMicroseconds.FromInstant(DateTimeOffset.MaxValue), 1_700_000_000_000_001];

    /// <summary>All of it, in appends that any journal takes.</summary>
    public static IEnumerable<PreparedAppend> All()
    {
        var random = new Random(20_26);
        for (var i = 0; i < Texts.Length * 4; i++)
        {
            var id = Guid.CreateVersion7();
            var stream = new StreamId("hostile", Texts[i % Texts.Length]);
            var events = Enumerable.Range(0, 1 + (i % 4)).Select(place => Event(random, EventIds.At(id, place))).ToList();
            yield return new PreparedAppend
            {
                AppendId = id,
                IsIdGiven = false,
                Streams = [new PreparedStream { StreamId = stream, Expected = ExpectedVersion.Any, Events = events }],
                Now = 1_700_000_000_000_000 + (i * 7L),
                EventCount = events.Count,
                Bytes = events.Sum(e => (long)e.Data.Length + e.Metadata.Length),
            };
        }
    }

    private static PreparedEvent Event(Random random, Guid id)
    {
        var text = Pick(Texts, random);
        var type = new StoredEventType("hostile", Pick(Texts, random), 1 + random.Next(3), Pick(Texts, random), random.Next(2) == 0 ? null : new ExplanationTemplate(text, text, null, text, [text, ""]));
        CausationId[] further = random.Next(3) == 0 ? [new CausationId(text), new CausationId(Guid.CreateVersion7())] : [];
        var e = new PreparedEvent
        {
            EventId = id,
            Type = type,
            Data = Pick(Payloads, random),
            Metadata = further.Length == 0 && random.Next(2) == 0 ? default : new StoredMetadata(text, [.. further], EventMetadata.None.Entries.Add(text, text)).ToBytes(),
            CorrelationId = random.Next(3) == 0 ? null : Pick(Texts, random),
            CausationId = random.Next(3) switch { 0 => default, 1 => new CausationId(Guid.CreateVersion7()).ToBytes(), _ => new CausationId(Pick(Texts, random)).ToBytes() },
            FurtherCauses = [.. further.Select(cause => (ReadOnlyMemory<byte>)cause.ToBytes())],
            TraceParent = random.Next(2) == 0 ? null : "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Actor = random.Next(2) == 0 ? null : Pick(Texts, random),
            Subject = random.Next(2) == 0 ? null : Pick(Texts, random),
            OccurredAt = Pick(Instants, random),
            Salt = Bytes(random, ContentHash.SaltBytes),
            ContentHash = new byte[ContentHash.HashBytes],
        };
        // What an export gives is checked against it on the way in.
        var hash = new byte[ContentHash.HashBytes];
        ContentHash.Compute(new PlannedEvent(1, new StreamId("hostile", "any"), 1, 0, e).ToRow().AsStoredEvent(), hash);
        return e with { ContentHash = hash };
    }

    private static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
