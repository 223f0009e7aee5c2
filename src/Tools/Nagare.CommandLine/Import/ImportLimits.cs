namespace Nagare.CommandLine;

/// <summary>What an import reads at most, so that no file can fill the memory or run for ever.</summary>
internal sealed record ImportLimits
{
    public static ImportLimits Default { get; } = new();

    /// <summary>Longest record, in bytes after expansion: a run is one append, and an append has that bound.</summary>
    public int MaxRecordBytes { get; init; } = (int)JournalLimits.MaxAppendBytes;

    /// <summary>What one .gz may expand to, in bytes. Larger ones are expanded by hand, where somebody sees the disk fill.</summary>
    public long MaxExpandedBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How many records of a file are looked at to find out its format.</summary>
    public int MaxProbedRecords { get; init; } = 16;

    /// <summary>Runs read but not yet stored; enough to share a commit, few enough to hold in memory.</summary>
    public int MaxRunsInFlight { get; init; } = 8;
}
