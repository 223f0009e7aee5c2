using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>Ways to append to SQLite, ours and raw. Each slot starts on a fresh file; a stream takes a hundred events.</summary>
internal sealed class AppendVariants(BenchFolder folder)
{
    private const int EventsPerStream = 100;

    private static readonly EventMetadata Metadata = new() { Actor = "agent:bench" };

    public Variant RawSingle() => new("raw, one caller", async slot =>
    {
        using var journal = new RawJournal(await folder.RawFile());
        var count = 0;
        return Interleaved.Repeat(slot, () =>
        {
            journal.Insert(BenchEvent.Make(count), Stream(0, count), (count % EventsPerStream) + 1, ++count);
            return 1;
        });
    });

    public Variant BareSingle() => new("bare table, one caller", slot =>
    {
        using var table = new BareTable(folder.NextFile());
        var count = 0;
        return Task.FromResult(Interleaved.Repeat(slot, () =>
        {
            table.Insert(BenchEvent.Make(count), Stream(0, count), (count++ % EventsPerStream) + 1);
            return 1;
        }));
    });

    public Variant RawBatch(int size) => new($"raw, batches of {size}", async slot =>
    {
        using var journal = new RawJournal(await folder.RawFile());
        var batches = 0;
        return Interleaved.Repeat(slot, () =>
        {
            var first = batches * size;
            journal.Begin();
            for (var i = 0; i < size; i++)
            {
                journal.Insert(BenchEvent.Make(first + i), $"bench/b{batches}", i + 1, first + i + 1);
            }

            journal.Commit();
            batches++;
            return size;
        });
    });

    public Variant BareBatch(int size) => new($"bare table, batches of {size}", slot =>
    {
        using var table = new BareTable(folder.NextFile());
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
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(journals.Select((journal, writer) => Task.Factory.StartNew(
                () =>
                {
                    var count = 0;
                    while (watch.Elapsed < slot)
                    {
                        journal.Insert(BenchEvent.Make(count), Stream(writer, count), (count % EventsPerStream) + 1, position: null);
                        count++;
                    }

                    return count;
                },
                TaskCreationOptions.LongRunning)));
            return new Sample(counts.Sum(), watch.Elapsed);
        }
        finally
        {
            journals.ForEach(journal => journal.Dispose());
        }
    });

    public Variant RawWriter(int callers) => new($"raw writer thread, {callers} callers", async slot =>
    {
        using var journal = new RawJournal(await folder.RawFile());
        using var writer = new RawWriterThread(journal);
        return await Callers(callers, slot, (caller, count) => writer.Append(BenchEvent.Make(count), Stream(caller, count), (count % EventsPerStream) + 1));
    });

    public Variant Journal(int callers) => new($"journal, {callers} callers", async slot =>
    {
        await using var services = await folder.OpenJournal(folder.NextFile());
        var journal = services.GetRequiredService<IJournal>();
        return await Callers(callers, slot, (caller, count) => journal.Append(
            new StreamId("bench", $"{caller}-{count / EventsPerStream}"),
            ExpectedVersion.At(count % EventsPerStream),
            [BenchEvent.Make(count)],
            Metadata).AsTask());
    });

    public Variant JournalBatch(int size) => new($"journal, batches of {size}", async slot =>
    {
        await using var services = await folder.OpenJournal(folder.NextFile());
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

            await journal.Append(new StreamId("bench", $"b{batches++}"), ExpectedVersion.NoStream, events, Metadata);
        }

        return new Sample((long)batches * size, watch.Elapsed);
    });

    private static string Stream(int writer, int count) => $"bench/{writer}-{count / EventsPerStream}";

    private static async Task<Sample> Callers(int callers, TimeSpan slot, Func<int, int, Task> append)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var count = 0;
            while (watch.Elapsed < slot)
            {
                await append(caller, count++);
            }

            return count;
        }));
        return new Sample(counts.Sum(), watch.Elapsed);
    }
}
