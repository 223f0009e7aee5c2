using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Servers;
using Nagare.Benchmarks.Sqlite;

namespace Nagare.Benchmarks.Growth;

/// <summary>Whether a journal stays as fast and its process as small while it grows: rates and memory for each fifth of the way.</summary>
internal static class GrowthBench
{
    private const int Parts = 5;
    private const int EventsOfAppend = 100;
    private const int Callers = 4;

    // What is read after each part: the newest events, page by page as a tailing reader does.
    private const int ReadEvents = 200_000;

    // How much slower the last part may be than the first.
    private const double Floor = 0.85;

    public static async Task<bool> Run(BenchOptions options, TextWriter output, Action<string> progress)
    {
        using var folder = new BenchFolder();
        await using var sqlite = await folder.OpenJournal(folder.NextFile());
        var holds = await Grow("SQLite, synchronous=FULL", sqlite, options, output, progress);
        foreach (var server in BenchServers.All)
        {
            if (server.ConnectionString is null)
            {
                output.WriteLine($"skipped: growth on {server.Title}, {server.Variable} is not set");
                continue;
            }

            await using var place = await server.NewPlace();
            await using var services = await place.OpenJournal();
            holds &= await Grow(await server.Durability(), services, options, output, progress);
        }

        return holds;
    }

    private static async Task<bool> Grow(string title, IServiceProvider services, BenchOptions options, TextWriter output, Action<string> progress)
    {
        if (!title.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var journal = services.GetRequiredService<IJournal>();
        var perPart = options.Events / Parts;
        var parts = new List<Part>();
        output.WriteLine();
        output.WriteLine($"Growth on {title}: {options.Events:N0} events of 400 bytes, {EventsOfAppend} an append, {Callers} callers");
        output.WriteLine($"{"events",12} {"appended /s",13} {"read /s",13} {"memory MB",11}");
        for (var i = 0; i < Parts; i++)
        {
            var part = new Part(await Append(journal, i, perPart), await ReadNewest(journal), MemoryMegabytes());
            parts.Add(part);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(i + 1) * perPart,12:N0} {part.AppendedPerSecond,13:N0} {part.ReadPerSecond,13:N0} {part.Megabytes,11:N0}"));
            progress($"{title}: {(i + 1) * perPart:N0} events");
        }

        var append = parts[^1].AppendedPerSecond / parts[0].AppendedPerSecond;
        var read = parts[^1].ReadPerSecond / parts[0].ReadPerSecond;
        var memory = (double)parts[^1].Megabytes / parts[0].Megabytes;
        var isFlat = append >= Floor && read >= Floor && memory <= 1 / Floor;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"last part against the first: append {append:0.00}, read {read:0.00}, memory {memory:0.00}  {(isFlat ? "flat" : "NOT FLAT")}"));
        return isFlat;
    }

    private static async Task<double> Append(IJournal journal, int part, long events)
    {
        var watch = Stopwatch.StartNew();
        var appends = events / EventsOfAppend / Callers;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            await Task.Yield();
            for (var i = 0; i < appends; i++)
            {
                await JournalAppends.Batch(journal, new StreamId("bench", string.Create(CultureInfo.InvariantCulture, $"{part}-{caller}-{i}")), EventsOfAppend, i);
            }
        }));
        return appends * Callers * EventsOfAppend / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadNewest(IJournal journal)
    {
        var head = await journal.Head();
        var watch = Stopwatch.StartNew();
        var read = 0;
        await foreach (var envelope in journal.Read(new JournalScope { After = Math.Max(0, head.Value - ReadEvents) }))
        {
            read += envelope.Position.Value > 0 ? 1 : 0;
        }

        return read / watch.Elapsed.TotalSeconds;
    }

    private static long MemoryMegabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet / (1 << 20);
    }

    private sealed record Part(double AppendedPerSecond, double ReadPerSecond, long Megabytes);
}
