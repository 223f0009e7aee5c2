using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;
using Nagare.Storage;

namespace Nagare.Benchmarks.Proofs;

/// <summary>
/// Appends with and without a host's builder of the tree of proofs behind them. What a few percent are is told only by slots that follow each other on the same
/// journal: two of them, one with the builder and one without, share each that is opened.
/// </summary>
/// <param name="open">Opens a journal that is new and empty, with what is added to it.</param>
internal sealed class ProofVariants(Func<Action<NagareBuilder>, Task<OpenedJournal>> open)
{
    private const int EventsBeforehand = 10_000;

    // How many the tree takes at once.
    private const int EventsOfRun = 4_096;

    // A cost of 5 %.
    private const double Floor = 0.95;
    private const double Goal = 1.0;

    // Far shorter than a host's, so that its builder works during each measurement and not between two of them.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>The most events that a builder was behind at the end of a slot.</summary>
    public long MostBehind { get; private set; }

    public Comparison Single(int callers) => Compare(callers == 1 ? "1 caller" : $"{callers} callers", (journal, slot, run) => JournalAppends.Single(journal, callers, slot, run));

    public Comparison Batches(int size) => Compare($"batches of {size}", (journal, slot, run) => JournalAppends.Batches(journal, size, slot, run));

    private Comparison Compare(string name, Func<IJournal, TimeSpan, int, Task<Sample>> append)
    {
        OpenedJournal? opened = null;
        var slots = 0;
        return new($"    {name}", new Variant(name, slot => Run(builds: false, slot)), new Variant($"{name}, tree built behind", slot => Run(builds: true, slot)), Floor, Goal);

        async Task<Sample> Run(bool builds, TimeSpan slot)
        {
            opened ??= await Open();
            var isLast = slots % 2 == 1;
            try
            {
                return await Measure(opened.Services, builds, journal => append(journal, slot, slots++));
            }
            catch
            {
                isLast = true;
                throw;
            }
            finally
            {
                if (isLast)
                {
                    await opened.DisposeAsync();
                    opened = null;
                }
            }
        }
    }

    private async Task<OpenedJournal> Open()
    {
        var opened = await open(nagare => nagare
            .UseIntegrity(integrity => integrity.BuildInterval = Interval)
            .Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance));
        await JournalAppends.Fill(opened.Services.GetRequiredService<IJournal>(), EventsBeforehand);
        return opened;
    }

    private async Task<Sample> Measure(IServiceProvider services, bool builds, Func<IJournal, Task<Sample>> append)
    {
        var journal = services.GetRequiredService<IJournal>();
        await services.GetRequiredService<IIntegrity>().Build();
        if (!builds)
        {
            return await append(journal);
        }

        var builders = services.GetServices<IHostedService>().ToList();
        builders.ForEach(builder => builder.StartAsync(default));
        var sample = await append(journal);
        var tree = (ITreeStorage)services.GetRequiredService<IJournalStorage>();
        MostBehind = Math.Max(MostBehind, (await journal.Head()).Value - (EventsOfRun * await tree.NextTreeIndex(TreeKind.Counts, 0, default)));
        foreach (var builder in builders)
        {
            await builder.StopAsync(default);
        }

        return sample;
    }
}
