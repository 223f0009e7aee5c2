namespace Nagare.Benchmarks.Imports;

/// <summary>The real runs that the import is measured on: those of mini-swe-agent, which lie beside the repository where somebody put them.</summary>
internal static class RecordedRuns
{
    private const string Pattern = "runs-*.jsonl.gz";

    /// <summary>The files, in ordinal order of their names; none where the data are not there.</summary>
    public static IReadOnlyList<FileInfo> Find(string repository)
    {
        var folder = new DirectoryInfo(Folder(repository));
        return folder.Exists ? [.. folder.EnumerateFiles(Pattern).OrderBy(file => file.Name, StringComparer.Ordinal)] : [];
    }

    /// <summary>Where they are looked for.</summary>
    public static string Folder(string repository) => Path.GetFullPath(Path.Combine(repository, "..", "shared", "data", "mini-swe-agent-deepseek"));
}
