using System.Diagnostics;
using AgentRuns;
using Nagare.Benchmarks.Measuring;
using Nagare.Benchmarks.Sqlite;
using Nagare.CommandLine;
using Nagare.Storage;

namespace Nagare.Benchmarks.Imports;

/// <summary>Ways to bring recorded runs into a fresh journal: the verb <c>import</c>, and by hand.</summary>
internal sealed class ImportVariants
{
    private readonly BenchFolder _folder;
    private readonly string _recordings;
    private readonly IReadOnlyList<string> _files;
    private readonly IReadOnlyList<IReadOnlyList<StoredRow>> _runs;

    private ImportVariants(BenchFolder folder, string recordings, IReadOnlyList<StoredRow> rows)
    {
        _folder = folder;
        _recordings = recordings;
        _files = [.. Directory.GetFiles(recordings).Order(StringComparer.Ordinal)];
        _runs = [.. rows.GroupBy(row => row.CorrelationId).Select(run => run.ToList())];
    }

    /// <summary>How many runs there are.</summary>
    public int Runs => _runs.Count;

    /// <summary>How many events they become.</summary>
    public int Events => _runs.Sum(run => run.Count);

    /// <summary>Copies the recordings to a folder of their own and imports them once, to know the rows that they become.</summary>
    public static async Task<ImportVariants> Prepare(BenchFolder folder, IReadOnlyList<FileInfo> files)
    {
        var recordings = folder.NextFolder();
        foreach (var file in files)
        {
            file.CopyTo(Path.Combine(recordings, file.Name));
        }

        var journal = folder.NextFile();
        await Import(recordings, journal);
        return new ImportVariants(folder, recordings, await Rows(journal));
    }

    /// <summary>The whole verb, from its arguments to its report.</summary>
    public Variant Verb() => new("agent-run import", async _ =>
    {
        var journal = _folder.NextFile();
        var watch = Stopwatch.StartNew();
        await Import(_recordings, journal);
        return new Sample(Runs, watch.Elapsed);
    });

    /// <summary>The same file expanded, cut into lines and parsed, and the same rows inserted, one transaction a run; nothing is made of what was parsed.</summary>
    public Variant ByHand() => new("import by hand", async _ =>
    {
        using var journal = new RawJournal(await _folder.RawFile());
        var import = new HandImport(journal, _runs);
        var watch = Stopwatch.StartNew();
        var imported = import.Run(_files);
        var sample = new Sample(imported, watch.Elapsed);
        return imported == Runs && journal.LastPosition() == Events ? sample : throw new InvalidOperationException($"{imported} of {Runs} runs were imported by hand.");
    });

    private static async Task Import(string recordings, string journal)
    {
        var exitCode = await NagareCommandLine.Run(["import", recordings, "--format", "mini-swe", "--db", journal], new CommandLineOptions
        {
            AddModels = static nagare => nagare.AddModel<AgentRunsModel>(),
            Importers = [new MiniSweImporter()],
            Console = new CommandConsole { Output = Stream.Null, Error = Stream.Null },
        });
        if (exitCode != ExitCode.Fine)
        {
            throw new InvalidOperationException($"The import ended with exit code {exitCode}.");
        }
    }

    private static async Task<IReadOnlyList<StoredRow>> Rows(string journal)
    {
        await using var storage = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={journal}" });
        await storage.Open(CancellationToken.None);
        var rows = new RowSink();
        await storage.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Detail = StoredDetail.Full, Limit = int.MaxValue }, rows, CancellationToken.None);
        return rows.Rows;
    }

    private sealed class RowSink : IStoredEventSink
    {
        public List<StoredRow> Rows { get; } = [];

        public bool Accept(in StoredEvent e)
        {
            Rows.Add(e.ToRow());
            return true;
        }
    }
}
