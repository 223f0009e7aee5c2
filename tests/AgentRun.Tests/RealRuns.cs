using System.IO.Compression;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns.Tests;

/// <summary>The real trajectories that lie beside the repository. Where they do not, tests over them are skipped by name.</summary>
internal static class RealRuns
{
    public const string TauBench = "tau-bench-airline-gpt4o/runs.jsonl.gz";
    public const string MiniSwe1 = "mini-swe-agent-deepseek/runs-1.jsonl.gz";
    public const string MiniSwe2 = "mini-swe-agent-deepseek/runs-2.jsonl.gz";
    public const string MiniSweVerdicts = "mini-swe-agent-deepseek/verdicts.jsonl";
    public const string SweAgent = "swe-agent-demos/runs.jsonl.gz";

    public static string Folder() => Path.GetFullPath(Checkout.File("..", "shared", "data"));

    /// <summary>The file's full path, or a skipped test.</summary>
    public static string Find(string file)
    {
        var path = Path.Combine(Folder(), file);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{file} is not there");
        return path;
    }

    /// <summary>Every record of a file.</summary>
    public static IEnumerable<ImportRecord> Records(string file)
    {
        using Stream raw = File.OpenRead(Find(file));
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var lines = new StreamReader(stream);
        for (var line = 1; lines.ReadLine() is { } text; line++)
        {
            yield return new ImportRecord(file, line, System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    public static RunImporter Importer(ImportRecord record) => All().Single(importer => importer.CanRead(record));

    public static IReadOnlyList<RunImporter> All() => [new TauBenchImporter(), new MiniSweImporter(), new SweAgentImporter()];
}
