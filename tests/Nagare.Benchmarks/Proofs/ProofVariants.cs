using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;
using Nagare.Storage;

namespace Nagare.Benchmarks.Proofs;

/// <summary>Appends with and without a host's builder of the tree of proofs behind them.</summary>
/// <param name="open">Opens a journal that is new and empty, with what is added to it.</param>
internal sealed class ProofVariants(Func<Action<NagareBuilder>, Task<OpenedJournal>> open)
{
    private const int EventsBeforehand = 10_000;

    // How many the tree takes at once.
    private const int EventsOfRun = 4_096;

    // Far shorter than a host's, so that its builder works during each measurement and not between two of them.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>The most events that a builder was behind at the end of a slot.</summary>
    public long MostBehind { get; private set; }

    public Variant Single(int callers, bool builds) => new($"{callers} callers{Suffix(builds)}", slot => Run(builds, journal => JournalAppends.Single(journal, callers, slot)));

    public Variant Batches(int size, bool builds) => new($"batches of {size}{Suffix(builds)}", slot => Run(builds, journal => JournalAppends.Batches(journal, size, slot)));

    private static string Suffix(bool builds) => builds ? ", tree built behind" : "";

    private async Task<Sample> Run(bool builds, Func<IJournal, Task<Sample>> append)
    {
        await using var opened = await open(nagare => nagare
            .UseIntegrity(integrity => integrity.BuildInterval = builds ? Interval : null)
            .Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance));
        var services = opened.Services;
        var journal = services.GetRequiredService<IJournal>();
        await JournalAppends.Fill(journal, EventsBeforehand);
        await services.GetRequiredService<IIntegrity>().Build();
        var builders = services.GetServices<IHostedService>().ToList();
        builders.ForEach(builder => builder.StartAsync(default));
        var sample = await append(journal);
        if (builds)
        {
            var tree = (ITreeStorage)services.GetRequiredService<IJournalStorage>();
            MostBehind = Math.Max(MostBehind, (await journal.Head()).Value - (EventsOfRun * await tree.NextTreeIndex(TreeKind.Counts, 0, default)));
        }

        foreach (var builder in builders)
        {
            await builder.StopAsync(default);
        }

        return sample;
    }
}
