using System.Text;
using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>Appends with true content hashes, as they reach a storage.</summary>
internal static class Events
{
    private static readonly StoredEventType Noted = new("note", "noted", 1, "text string", null);

    public static PreparedEvent Of(string text, string? correlation = null, string? subject = null, string? actor = null)
    {
        var e = new PreparedEvent
        {
            EventId = Guid.Empty,
            Type = Noted,
            Data = Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""),
            CorrelationId = correlation,
            Subject = subject,
            Actor = actor,
            Salt = Guid.NewGuid().ToByteArray(),
            ContentHash = new byte[ContentHash.HashBytes],
        };
        return e;
    }

    public static PreparedAppend To(string stream, params IReadOnlyList<PreparedEvent> events)
    {
        var id = Guid.CreateVersion7();
        var hashed = events.Select((e, place) => Hashed(e with { EventId = EventIds.At(id, place) })).ToArray();
        return new PreparedAppend
        {
            AppendId = id,
            IsIdGiven = false,
            Streams = [new PreparedStream { StreamId = StreamId.Parse(stream), Expected = ExpectedVersion.Any, Events = hashed }],
            Now = 1_772_352_000_000_000,
            EventCount = hashed.Length,
            Bytes = hashed.Sum(e => (long)e.Data.Length),
        };
    }

    /// <summary>Appends this many events, over a few streams, correlations and subjects.</summary>
    public static async Task Fill(this IJournalStorage storage, int events, int seed = 1)
    {
        var random = new Random(seed);
        for (var at = 0; at < events;)
        {
            var count = Math.Min(events - at, 1 + random.Next(events > 1_000 ? 500 : 20));
            var first = at;
            await storage.Append(
                To(
                    $"note/n-{random.Next(7)}",
                    [.. Enumerable.Range(first, count).Select(i => Of($"{i}", i % 3 == 0 ? null : $"c-{i % 5}", i % 4 == 0 ? $"customer-{i % 3}" : null, "agent:a"))]),
                TestContext.Current.CancellationToken);
            at += count;
        }
    }

    /// <summary>The row with its content hash made to fit, as an adversary who knows the format would.</summary>
    public static StoredRow Rehashed(StoredRow row)
    {
        var hash = new byte[ContentHash.HashBytes];
        ContentHash.Compute(row.AsStoredEvent(), hash);
        return row with { ContentHash = hash };
    }

    private static PreparedEvent Hashed(PreparedEvent e)
    {
        var row = new PlannedEvent(1, StreamId.Parse("a/b"), 1, 0, e).ToRow();
        return e with { ContentHash = Rehashed(row).ContentHash };
    }
}
