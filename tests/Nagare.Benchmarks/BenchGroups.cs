using Nagare.Benchmarks.Codecs;
using Nagare.Benchmarks.Growth;
using Nagare.Benchmarks.Imports;
using Nagare.Benchmarks.Measuring;
using Nagare.Benchmarks.Peers;
using Nagare.Benchmarks.Proofs;
using Nagare.Benchmarks.Servers;
using Nagare.Benchmarks.Sqlite;
using Nagare.Benchmarks.Startup;
using Nagare.Benchmarks.Telemetry;

namespace Nagare.Benchmarks;

/// <summary>What is measured, against what, and which ratio each must reach.</summary>
internal static class BenchGroups
{
    // A builder works a twenty-fifth of its time: a slot has to be long enough to meet it several times, resting and working.
    private const int ProofSlots = 5;

    public static IReadOnlyList<BenchGroup> All { get; } =
    [
        new("codec", Codec),
        new("append", Append),
        new("replay", Replay),
        new("integrity", Integrity),
        new("telemetry", Telemetry),
        .. BenchServers.All.Select(server => new BenchGroup(server.Name, (options, output) => ServerBench.Run(server, options, output, Progress))),
        new("peers", (options, output) => PeerBench.Run(options, output, Progress)),
        new("growth", (options, output) => GrowthBench.Run(options, output, Progress), IsOnDemand: true),
        new("import", Import),
        new("typing", (options, output) => Typing.TypingBench.Run(options, output, Progress)),
        new("startup", (options, output) => NativeStartup.Run(output, RepositoryRoot(), options.Rounds, Progress)),
    ];

    private static async Task<bool> Codec(BenchOptions options, TextWriter output)
    {
        var variants = new CodecVariants();
        var verdicts = await Interleaved.Run(
            [
                new("read", variants.ReadWithSystemTextJson(), variants.ReadWithCodec(), 1.3, 1.5),
                new("write", variants.WriteWithSystemTextJson(), variants.WriteWithCodec(), 1.0, 1.1),
            ],
            options,
            Progress);
        if (verdicts.Count == 0)
        {
            return true;
        }

        var holds = Report.Print(output, "The sample's events against System.Text.Json's generator", verdicts);
        var (read, reference, written) = variants.Allocations();
        var objects = variants.ObjectsRead();
        var isLean = read <= objects && written == 0;
        output.WriteLine($"allocated by reading all {SampleEvents.All.Count} events: codec {read:N0} bytes, System.Text.Json {reference:N0}, the objects themselves {objects:N0}; by writing: codec {written:N0}{(isLean ? "" : "  MORE THAN THE OBJECTS")}");
        return holds && isLean;
    }

    private static async Task<bool> Append(BenchOptions options, TextWriter output)
    {
        using var folder = new BenchFolder();
        var variants = new AppendVariants(folder);
        var raw = variants.RawSingle();
        var journal1 = variants.Journal(callers: 1);
        var journal32 = variants.Journal(callers: 32);
        var raw32 = variants.RawIndependent(32);
        var batch10 = variants.JournalBatch(10);
        var batch100 = variants.JournalBatch(100);
        var verdicts = await Interleaved.Run(
            [
                new("T1  single append, 1 caller", raw, journal1, 0.75, 0.88),
                new("T2  8 callers against 8 writers", variants.RawIndependent(8), variants.Journal(callers: 8), 0.85, 1.0),
                new("T3  32 callers against 32 writers", raw32, journal32, 1.5, 2.0),
                new("T4  128 callers against 32 writers", raw32, variants.Journal(callers: 128), 3.0, 4.2),
                new("T9  32 callers against a writer thread", variants.RawWriter(32), journal32, 0.80, 0.90),
                new("T5  batches of 10", variants.RawBatch(10), batch10, 0.70, 0.88),
                new("T5  batches of 100", variants.RawBatch(100), batch100, 0.70, 0.88),
                new("    single append against a bare table", variants.BareSingle(), journal1, null, null),
                new("    batches of 10 against a bare table", variants.BareBatch(10), batch10, null, null),
                new("    batches of 100 against a bare table", variants.BareBatch(100), batch100, null, null),
            ],
            options,
            Progress);
        options.Results.Add("SQLite", verdicts);
        return Report.Print(output, "Append to SQLite, synchronous=FULL, payloads of 400 bytes", verdicts);
    }

    // On SQLite and on every server there is: the tree is read and written by the same database that takes the appends.
    private static async Task<bool> Integrity(BenchOptions options, TextWriter output)
    {
        using var folder = new BenchFolder();
        var holds = await Integrity("SQLite, synchronous=FULL", new ProofVariants(async configure => new OpenedJournal(await folder.OpenJournal(folder.NextFile(), configure))), options, output);
        foreach (var server in BenchServers.All.Where(server => server.ConnectionString is not null))
        {
            var variants = new ProofVariants(async configure =>
            {
                var place = await server.NewPlace();
                return new OpenedJournal(await place.OpenJournal(configure), place);
            });
            holds &= await Integrity(await server.Durability(), variants, options, output);
        }

        return holds;
    }

    private static async Task<bool> Integrity(string title, ProofVariants variants, BenchOptions options, TextWriter output)
    {
        // One comparison after the other, so that the two slots of each follow each other.
        var verdicts = new List<Verdict>();
        foreach (var comparison in (Comparison[])[variants.Single(1), variants.Single(32), variants.Batches(100)])
        {
            verdicts.AddRange(await Interleaved.Run([comparison], options.Longer(ProofSlots), Progress));
        }

        if (verdicts.Count == 0)
        {
            return true;
        }

        var holds = Report.Print(output, $"Append to {title}, with a host's builder of the tree of proofs behind the head", verdicts);
        output.WriteLine($"at the end of a round the tree was at most {variants.MostBehind:N0} events behind the head");
        return holds;
    }

    private static async Task<bool> Telemetry(BenchOptions options, TextWriter output)
    {
        using var folder = new BenchFolder();
        var variants = new TelemetryVariants(folder);
        var verdicts = await Interleaved.Run(
            [
                new("    1 caller", variants.Single(1, isHeard: false), variants.Single(1, isHeard: true), 0.85, 0.95),
                new("    32 callers", variants.Single(32, isHeard: false), variants.Single(32, isHeard: true), 0.85, 0.95),
            ],
            options,
            Progress);
        if (verdicts.Count == 0)
        {
            return true;
        }

        var holds = Report.Print(output, "Append to SQLite, synchronous=FULL, every span and every measurement taken by a listener that drops it", verdicts);
        var (spans, measurements) = variants.Taken;
        output.WriteLine($"taken: {spans:N0} spans, {measurements:N0} measurements");
        return holds && spans > 0 && measurements > 0;
    }

    private static async Task<bool> Replay(BenchOptions options, TextWriter output)
    {
        using var folder = new BenchFolder();
        var variants = await ReplayVariants.Fill(folder);
        var verdicts = await Interleaved.Run(
            [new("T8  repository.Load against raw pages", variants.Raw(), variants.Load(folder), 0.75, 0.90)],
            options,
            Progress);
        options.Results.Add("SQLite", verdicts);
        return Report.Print(output, "Fold a stream of 10,000 events on SQLite", verdicts);
    }

    private static async Task<bool> Import(BenchOptions options, TextWriter output)
    {
        var files = RecordedRuns.Find(RepositoryRoot());
        if (files.Count == 0)
        {
            output.WriteLine();
            output.WriteLine($"skipped: import, there are no runs in {RecordedRuns.Folder(RepositoryRoot())}");
            return true;
        }

        using var folder = new BenchFolder();
        var variants = await ImportVariants.Prepare(folder, files);
        // At most three times the time is at least a third of the speed.
        return Report.Print(output, $"Import of {variants.Runs} runs of mini-swe-agent, {variants.Events:N0} events, into a fresh journal", await Interleaved.Run(
            [new("    import against by hand", variants.ByHand(), variants.Verb(), 1 / 3.0, 1.0, "runs/s")],
            options,
            Progress));
    }

    private static void Progress(string line) => Console.Error.WriteLine($"   {line}");

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nagare.Generators.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The benchmarks run from a build inside the repository.");
    }
}
