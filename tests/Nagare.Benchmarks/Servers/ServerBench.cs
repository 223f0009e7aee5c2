using System.Globalization;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Servers;

/// <summary>The targets of a journal on a database server, measured against raw techniques on the same server.</summary>
internal static class ServerBench
{
    // What one append may allocate in this process beyond its payload, and what it had better not exceed. Where the client's own insert takes nearly as much,
    // beyond that too.
    private const int MaxAllocatedBytes = 2_000;
    private const int GoodAllocatedBytes = 1_000;

    public static async Task<bool> Run(BenchServer server, BenchOptions options, TextWriter output, Action<string> progress)
    {
        if (server.ConnectionString is null)
        {
            output.WriteLine();
            output.WriteLine($"skipped: {server.Name}, {server.Variable} is not set; {server.HowToHaveOne}");
            return true;
        }

        var variants = new ServerVariants(server);
        var raw1 = variants.Raw(1);
        var raw32 = variants.Raw(32);
        var raw100 = variants.RawBatch(100);
        var journal1 = variants.Journal(1);
        var journal128 = variants.Journal(128);
        await using var replayed = await variants.FillForReplay();
        var samples = new List<Sample>();
        var counted = journal1 with
        {
            Run = async slot =>
            {
                var sample = await journal1.Run(slot);
                samples.Add(sample);
                return sample;
            },
        };
        var verdicts = await Interleaved.Run(
            [
                new("T1  single append, 1 caller", raw1, counted, 0.75, 0.88),
                new("T2  8 callers against 8 writers", variants.Raw(8), variants.Journal(8), 0.85, 1.0),
                new("T3  32 callers against 32 writers", raw32, variants.Journal(32), 1.5, 2.0),
                new("T4  128 callers against 32 writers", raw32, journal128, 3.0, 4.2) { IsJudged = server.BatchesBeatWriters },
                new("T4  128 callers against a writer's batches of 100", raw100, journal128, 0.70, 0.88) { IsJudged = !server.BatchesBeatWriters },
                new("T5  batches of 10", variants.RawBatch(10), variants.JournalBatch(10), 0.70, 0.88),
                new("T5  batches of 100", raw100, variants.JournalBatch(100), 0.70, 0.88),
                // Dense positions make these dear, by design: reported, and judged nowhere.
                new("T6  8 callers' own transactions", variants.RawInTransaction(8), variants.JournalInTransaction(8), null, null),
                new("T6  32 callers' own transactions", variants.RawInTransaction(32), variants.JournalInTransaction(32), null, null),
                new("T8  repository.Load against raw pages", variants.RawReplay(replayed), ServerVariants.Load(replayed), 0.75, 0.90),
                // At most 1.3 and 1.1 times the processor time.
                new("T11 processor time of a single append", raw1.ByProcessorTime(), journal1.ByProcessorTime(), 1 / 1.3, 1 / 1.1),
            ],
            options,
            progress);
        options.Results.Add(server.Title, verdicts);
        var holds = Report.Print(output, $"{server.Title}: {await server.Durability()}; payloads of 400 bytes; batches by {server.BatchTechnique}", verdicts);
        return await PrintAllocations(server, options.Results, output, samples) && holds;
    }

    // The warm-up allocates what is kept; only rounds that count do.
    private static async Task<bool> PrintAllocations(BenchServer server, ResultTable results, TextWriter output, IReadOnlyList<Sample> samples)
    {
        var perEvent = samples.Skip(Interleaved.WarmUpRounds).Select(sample => (double)(sample.AllocatedBytes ?? 0) / sample.Operations).ToList();
        if (perEvent.Count == 0)
        {
            return true;
        }

        const int PayloadBytes = 400;
        var median = Interleaved.Median(perEvent) - PayloadBytes;
        var client = await server.MeasureClient();
        var own = median - client;
        results.AddAllocated(server.Title, new(median, client, MaxAllocatedBytes, GoodAllocatedBytes));
        var verdict = own <= GoodAllocatedBytes ? "goal" : own <= MaxAllocatedBytes ? "floor" : "ABOVE THE CEILING";
        var beyond = client > 0 ? string.Create(CultureInfo.InvariantCulture, $", {client:N0} of them by the client's own insert: {own:N0}") : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"T11 allocated by a single append beyond its payload: {median:N0} bytes{beyond} (at most {MaxAllocatedBytes:N0}, better {GoodAllocatedBytes:N0})  {verdict}"));
        return own <= MaxAllocatedBytes;
    }
}
