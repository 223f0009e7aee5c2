using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>Ways to fold one stream of 10,000 events, ours and raw, over the same file.</summary>
internal sealed class ReplayVariants(string file)
{
    private const int Events = 10_000;

    private static readonly StreamId Stream = new("bench", "replayed");

    public static async Task<ReplayVariants> Fill(BenchFolder folder)
    {
        var file = folder.NextFile();
        await using var services = await folder.OpenJournal(file);
        var events = Enumerable.Range(0, Events).Select(object (i) => BenchEvent.Make(i)).ToList();
        await services.GetRequiredService<IJournal>().Append(Stream, ExpectedVersion.NoStream, events);
        return new ReplayVariants(file);
    }

    public Variant Raw() => new("raw pages, folded", slot =>
    {
        using var journal = new RawJournal(file);
        return Task.FromResult(Interleaved.Repeat(slot, () => journal.Replay(Stream.ToString()) is Events and var read ? read : throw new InvalidOperationException("Events are missing.")));
    });

    public Variant Load(BenchFolder folder) => new("repository.Load", async slot =>
    {
        await using var services = await folder.OpenJournal(file);
        var repository = services.GetRequiredService<IAggregateRepository<BenchTotals>>();
        var watch = Stopwatch.StartNew();
        long read = 0;
        while (watch.Elapsed < slot)
        {
            read += (await repository.Load(Stream)).State.Calls;
        }

        return new Sample(read, watch.Elapsed);
    });
}
