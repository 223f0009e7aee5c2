using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>Ways to append to SQLite, ours and raw. Each slot starts on a fresh file; a stream takes a hundred events.</summary>
/// <remarks>
/// A fresh file's log grows until its first checkpoint, and a flush that makes a file longer costs several times one that does not. Every
/// file is therefore filled past that first, outside the time that is measured: what is compared is how a journal runs all day.
/// </remarks>
internal sealed class AppendVariants(BenchFolder folder)
{
    private const int EventsPerStream = 100;

    // SQLite checkpoints at 1,000 pages and then writes its log from the start again. Even the bare table puts 700 events in 100 pages.
    private const int EventsBeforehand = 10_000;

    private const string StreamBeforehand = "bench/beforehand";

    public Variant RawSingle() => new("raw, one caller", async slot =>
    {
        using var journal = await FilledRaw();
        var latencies = new Latencies();
        var count = 0;
        var sample = Interleaved.Repeat(slot, () =>
        {
            var begun = Stopwatch.GetTimestamp();
            journal.Insert(BenchEvent.Make(count), Stream(0, count), (count % EventsPerStream) + 1, EventsBeforehand + ++count);
            latencies.Add(Stopwatch.GetElapsedTime(begun));
            return 1;
        });
        return sample with { Latencies = latencies };
    });

    public Variant BareSingle() => new("bare table, one caller", slot =>
    {
        using var table = FilledBare();
        var count = 0;
        return Task.FromResult(Interleaved.Repeat(slot, () =>
        {
            table.Insert(BenchEvent.Make(count), Stream(0, count), (count++ % EventsPerStream) + 1);
            return 1;
        }));
    });

    public Variant RawBatch(int size) => new($"raw, batches of {size}", async slot =>
    {
        using var journal = await FilledRaw();
        var batches = 0;
        return Interleaved.Repeat(slot, () =>
        {
            var first = batches * size;
            var stream = $"bench/b{batches}";
            journal.Begin();
            for (var i = 0; i < size; i++)
            {
                journal.Insert(BenchEvent.Make(first + i), stream, i + 1, EventsBeforehand + first + i + 1);
            }

            journal.Commit();
            batches++;
            return size;
        });
    });

    public Variant BareBatch(int size) => new($"bare table, batches of {size}", slot =>
    {
        using var table = FilledBare();
        var batches = 0;
        return Task.FromResult(Interleaved.Repeat(slot, () =>
        {
            table.Begin();
            for (var i = 0; i < size; i++)
            {
                table.Insert(BenchEvent.Make(i), $"bench/b{batches}", i + 1);
            }

            table.Commit();
            batches++;
            return size;
        }));
    });

    /// <summary>Independent writers, each with a connection and a thread of its own; the engine gives the positions.</summary>
    public Variant RawIndependent(int writers) => new($"raw, {writers} independent writers", async slot =>
    {
        var file = await folder.RawFile();
        var journals = Enumerable.Range(0, writers).Select(_ => new RawJournal(file)).ToList();
        try
        {
            Fill(journals[0]);
            var watch = Stopwatch.StartNew();
            var samples = await Task.WhenAll(journals.Select((journal, writer) => Task.Factory.StartNew(
                () =>
                {
                    var latencies = new Latencies();
                    var count = 0;
                    while (watch.Elapsed < slot)
                    {
                        var begun = Stopwatch.GetTimestamp();
                        journal.Insert(BenchEvent.Make(count), Stream(writer, count), (count % EventsPerStream) + 1, position: null);
                        latencies.Add(Stopwatch.GetElapsedTime(begun));
                        count++;
                    }

                    return latencies;
                },
                TaskCreationOptions.LongRunning)));
            return Together(samples, watch.Elapsed);
        }
        finally
        {
            journals.ForEach(journal => journal.Dispose());
        }
    });

    public Variant RawWriter(int callers) => new($"raw writer thread, {callers} callers", async slot =>
    {
        using var journal = await FilledRaw();
        using var writer = new RawWriterThread(journal);
        return await Callers(callers, slot, (caller, count) => writer.Append(BenchEvent.Make(count), Stream(caller, count), (count % EventsPerStream) + 1));
    });

    public Variant Journal(int callers) => new($"journal, {callers} callers", async slot =>
    {
        await using var services = await FilledJournal();
        var journal = services.GetRequiredService<IJournal>();
        return await Callers(callers, slot, (caller, count) =>
        {
            var stream = new StreamId("bench", $"{caller}-{count / EventsPerStream}");
            return journal.Append(stream, ExpectedVersion.At(count % EventsPerStream), [BenchEvent.Make(count)], Metadata(stream.ToString())).AsTask();
        });
    });

    public Variant JournalBatch(int size) => new($"journal, batches of {size}", async slot =>
    {
        await using var services = await FilledJournal();
        var journal = services.GetRequiredService<IJournal>();
        var batches = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < slot)
        {
            var events = new object[size];
            for (var i = 0; i < size; i++)
            {
                events[i] = BenchEvent.Make((batches * size) + i);
            }

            var stream = new StreamId("bench", $"b{batches++}");
            await journal.Append(stream, ExpectedVersion.NoStream, events, Metadata(stream.ToString()));
        }

        return new Sample((long)batches * size, watch.Elapsed);
    });

    private static string Stream(int writer, int count) => $"bench/{writer}-{count / EventsPerStream}";

    // What the raw techniques write too, so that all of them fill the same columns and indexes with the same values.
    private static EventMetadata Metadata(string stream) => new() { CorrelationId = stream, Actor = "agent:bench" };

    private async Task<RawJournal> FilledRaw()
    {
        var journal = new RawJournal(await folder.RawFile());
        Fill(journal);
        return journal;
    }

    private static void Fill(RawJournal journal)
    {
        journal.Begin();
        for (var i = 1; i <= EventsBeforehand; i++)
        {
            journal.Insert(BenchEvent.Make(i), StreamBeforehand, i, i);
        }

        journal.Commit();
    }

    private BareTable FilledBare()
    {
        var table = new BareTable(folder.NextFile());
        table.Begin();
        for (var i = 1; i <= EventsBeforehand; i++)
        {
            table.Insert(BenchEvent.Make(i), StreamBeforehand, i);
        }

        table.Commit();
        return table;
    }

    private async Task<ServiceProvider> FilledJournal()
    {
        var services = await folder.OpenJournal(folder.NextFile());
        var events = Enumerable.Range(1, EventsBeforehand).Select(object (i) => BenchEvent.Make(i)).ToList();
        await services.GetRequiredService<IJournal>().Append(new StreamId("bench", "beforehand"), ExpectedVersion.NoStream, events, Metadata(StreamBeforehand));
        return services;
    }

    private static async Task<Sample> Callers(int callers, TimeSpan slot, Func<int, int, Task> append)
    {
        var watch = Stopwatch.StartNew();
        var samples = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var latencies = new Latencies();
            var count = 0;
            while (watch.Elapsed < slot)
            {
                var begun = Stopwatch.GetTimestamp();
                await append(caller, count++);
                latencies.Add(Stopwatch.GetElapsedTime(begun));
            }

            return latencies;
        }));
        return Together(samples, watch.Elapsed);
    }

    private static Sample Together(IReadOnlyList<Latencies> callers, TimeSpan elapsed)
    {
        var all = new Latencies();
        foreach (var caller in callers)
        {
            all.Add(caller);
        }

        return new Sample(all.Count, elapsed) { Latencies = all };
    }
}
