using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Events;

/// <summary>How the benchmarks use a journal, whichever database it is on.</summary>
internal static class JournalAppends
{
    /// <summary>A caller goes on to its next stream after so many events.</summary>
    public const int EventsPerStream = 100;

    /// <summary>Holds what was there before the time began.</summary>
    public const string StreamBeforehand = "bench/beforehand";

    /// <summary>The stream of a caller's n-th event; a journal that stays open from slot to slot counts the slots as runs.</summary>
    public static StreamId Stream(int caller, int count, int run = 0) => new("bench", $"{run}-{caller}-{count / EventsPerStream}");

    /// <summary>Callers that append one event after the other, each at the version it knows, to a stream whose id it holds.</summary>
    public static Task<Sample> Single(IJournal journal, int callers, TimeSpan slot, int run = 0)
    {
        var held = new (StreamId Stream, EventMetadata Metadata)[callers];
        return Callers.Run(callers, slot, (caller, count) =>
        {
            if (count % EventsPerStream == 0)
            {
                var stream = Stream(caller, count, run);
                held[caller] = (stream, Metadata(stream.ToString()));
            }

            return journal.Append(held[caller].Stream, ExpectedVersion.At(count % EventsPerStream), [BenchEvent.Make(count)], held[caller].Metadata).AsTask();
        });
    }

    /// <summary>One caller that appends many events at once, each time to a new stream.</summary>
    public static Task<Sample> Batches(IJournal journal, int size, TimeSpan slot, int run = 0) => Callers.Run(
        callers: 1,
        slot,
        (_, count) => Batch(journal, new StreamId("bench", $"{run}-b{count}"), size, count),
        operationsEach: size);

    /// <summary>One append of so many events to a new stream.</summary>
    public static Task Batch(IJournal journal, StreamId stream, int size, int number)
    {
        var events = new object[size];
        for (var i = 0; i < size; i++)
        {
            events[i] = BenchEvent.Make((number * size) + i);
        }

        return journal.Append(stream, ExpectedVersion.NoStream, events, Metadata(stream.ToString())).AsTask();
    }

    /// <summary>One stream of so many events.</summary>
    public static async Task Fill(IJournal journal, int events, StreamId? stream = null)
    {
        var filled = stream ?? StreamId.Parse(StreamBeforehand);
        await journal.Append(filled, ExpectedVersion.NoStream, [.. Enumerable.Range(1, events).Select(object (i) => BenchEvent.Make(i))], Metadata(filled.ToString()));
    }

    // What the raw techniques write too, so that all of them fill the same columns and indexes with the same values.
    private static EventMetadata Metadata(string stream) => new() { CorrelationId = stream, Actor = RawEvent.Actor };
}
