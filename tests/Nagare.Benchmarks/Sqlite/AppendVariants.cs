using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>Ways to append to SQLite, ours and raw. Each slot starts on a fresh file; a stream takes a hundred events.</summary>
/// <remarks>
/// A fresh file's log grows until its first checkpoint, and a flush that makes a file longer costs several times one that does not. Every
/// file is therefore filled past that first, outside the time that is measured: what is compared is how a journal runs all day.
/// </remarks>
internal sealed class AppendVariants(BenchFolder folder)
{
    // SQLite checkpoints at 1,000 pages and then writes its log from the start again. Even the bare table puts 700 events in 100 pages.
    private const int EventsBeforehand = 10_000;

    public Variant RawSingle() => new("raw, one caller", async slot =>
    {
        using var journal = await FilledRaw();
        var latencies = new Latencies();
        var count = 0;
        var sample = Interleaved.Repeat(slot, () =>
        {
            var begun = Stopwatch.GetTimestamp();
            journal.Insert(BenchEvent.Make(count), Stream(0, count), (count % JournalAppends.EventsPerStream) + 1, EventsBeforehand + ++count);
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
            table.Insert(BenchEvent.Make(count), Stream(0, count), (count++ % JournalAppends.EventsPerStream) + 1);
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
                        journal.Insert(BenchEvent.Make(count), Stream(writer, count), (count % JournalAppends.EventsPerStream) + 1, position: null);
                        latencies.Add(Stopwatch.GetElapsedTime(begun));
                        count++;
                    }

                    return latencies;
                },
                TaskCreationOptions.LongRunning)));
            var all = Latencies.Together(samples);
            return new Sample(all.Count, watch.Elapsed) { Latencies = all };
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
        return await Callers.Run(callers, slot, (caller, count) => writer.Append(BenchEvent.Make(count), Stream(caller, count), (count % JournalAppends.EventsPerStream) + 1));
    });

    public Variant Journal(int callers) => new($"journal, {callers} callers", async slot =>
    {
        await using var services = await FilledJournal();
        return await JournalAppends.Single(services.GetRequiredService<IJournal>(), callers, slot);
    });

    public Variant JournalBatch(int size) => new($"journal, batches of {size}", async slot =>
    {
        await using var services = await FilledJournal();
        return await JournalAppends.Batches(services.GetRequiredService<IJournal>(), size, slot);
    });

    private static string Stream(int writer, int count) => JournalAppends.Stream(writer, count).ToString();

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
            journal.Insert(BenchEvent.Make(i), JournalAppends.StreamBeforehand, i, i);
        }

        journal.Commit();
    }

    private BareTable FilledBare()
    {
        var table = new BareTable(folder.NextFile());
        table.Begin();
        for (var i = 1; i <= EventsBeforehand; i++)
        {
            table.Insert(BenchEvent.Make(i), JournalAppends.StreamBeforehand, i);
        }

        table.Commit();
        return table;
    }

    private async Task<ServiceProvider> FilledJournal()
    {
        var services = await folder.OpenJournal(folder.NextFile());
        await JournalAppends.Fill(services.GetRequiredService<IJournal>(), EventsBeforehand);
        return services;
    }
}
