using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;
using Nagare.Benchmarks.Sqlite;
using Nagare.Storage;

namespace Nagare.Benchmarks.Proofs;

/// <summary>Appends to SQLite with and without somebody who builds the tree of proofs behind them and keeps up.</summary>
internal sealed class ProofVariants(BenchFolder folder)
{
    private const int EventsBeforehand = 10_000;

    // Far shorter than a host's, so that a builder works all the time and not between two measurements.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>The most events that a builder was behind at the end of a slot.</summary>
    public long MostBehind { get; private set; }

    public Variant Single(int callers, bool builds) => new($"{callers} callers{Suffix(builds)}", slot => Run(builds, journal => JournalAppends.Single(journal, callers, slot)));

    public Variant Batches(int size, bool builds) => new($"batches of {size}{Suffix(builds)}", slot => Run(builds, journal => JournalAppends.Batches(journal, size, slot)));

    private static string Suffix(bool builds) => builds ? ", tree built behind" : "";

    private async Task<Sample> Run(bool builds, Func<IJournal, Task<Sample>> append)
    {
        await using var services = await folder.OpenJournal(folder.NextFile());
        var journal = services.GetRequiredService<IJournal>();
        await JournalAppends.Fill(journal, EventsBeforehand);
        if (!builds)
        {
            return await append(journal);
        }

        var integrity = new JournalIntegrity(services.GetRequiredService<IJournalStorage>(), new IntegrityOptions());
        await integrity.Build();
        using var ended = new CancellationTokenSource();
        var builder = Task.Run(() => Build(integrity, ended.Token));
        var sample = await append(journal);
        await ended.CancelAsync();
        var built = await builder;
        MostBehind = Math.Max(MostBehind, (await journal.Head()).Value - built);
        return sample;
    }

    private static async Task<long> Build(JournalIntegrity integrity, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            // What is begun is finished: a build that is given up is work that was done for nothing.
            var built = await integrity.Build(CancellationToken.None);
            if (ended.IsCancellationRequested)
            {
                return built.Value;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
