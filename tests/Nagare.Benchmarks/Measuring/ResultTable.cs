using System.Globalization;

namespace Nagare.Benchmarks.Measuring;

/// <summary>What all groups of a run came to, as the tables of docs/performance.md: a row for each target, a column for each database.</summary>
internal sealed class ResultTable
{
    private const string None = "–";

    private readonly List<string> _databases = [];
    private readonly Dictionary<(string Target, string Database), Verdict> _verdicts = [];
    private readonly Dictionary<string, Allocation> _allocated = [];
    private readonly List<Verdict> _peers = [];
    private int _picked;

    /// <summary>Whether there was something to choose from, and none of it was named.</summary>
    public bool NothingWasPicked { get; private set; }

    /// <summary>A group measures so many of its comparisons.</summary>
    public void NotePicked(int picked, int offered)
    {
        _picked += picked;
        NothingWasPicked = _picked == 0 && offered > 0;
    }

    /// <summary>Takes what was measured on a database. The same target on several of them makes one row.</summary>
    public void Add(string database, IReadOnlyList<Verdict> verdicts)
    {
        if (!_databases.Contains(database))
        {
            _databases.Add(database);
        }

        foreach (var verdict in verdicts.Where(verdict => verdict.Comparison.Target.StartsWith('T')))
        {
            _verdicts.Add((verdict.Comparison.Target, database), verdict);
        }
    }

    /// <summary>Takes what a single append allocates on a database, in bytes.</summary>
    public void AddAllocated(string database, Allocation allocation) => _allocated.Add(database, allocation);

    /// <summary>Takes what was measured against others.</summary>
    public void AddPeers(IReadOnlyList<Verdict> verdicts) => _peers.AddRange(verdicts);

    /// <summary>Prints the ratios, the rates and the latencies of the databases as Markdown.</summary>
    public void PrintDatabases(TextWriter output)
    {
        var targets = _verdicts.Keys.Select(key => key.Target).Distinct().OrderBy(Number).ToList();
        Table(output, ["target, ours to raw", "floor", "goal", .. _databases],
        [
            .. targets.Select(target => Cells(target, Limits(AnyOf(target).Comparison), (_, verdict) => Emphasized(verdict))),
            .. _allocated.Count == 0 ? Array.Empty<IReadOnlyList<string>>() : [Allocated()],
        ]);
        Table(output, ["a second, raw and ours", .. _databases], [.. targets.Select(target => Cells(target, [], (_, verdict) => $"{Rate(verdict.BaseMedian)} and {Rate(verdict.VariantMedian)}"))]);
        Table(
            output,
            ["p50 / p99 in ms, raw and ours", .. _databases],
            [.. targets.Where(target => _databases.Any(database => HasLatencies(target, database))).Select(target => Cells(target, [], (database, verdict) => HasLatencies(target, database) ? Both(verdict) : None))]);
    }

    /// <summary>Prints what peers came to as Markdown.</summary>
    public void PrintPeers(TextWriter output) => Table(
        output,
        ["target", "floor", "goal", "peer", "Nagare", "ratio", "spread", "p50 / p99 in ms, peer and ours"],
        [
            .. _peers.Select(verdict => (IReadOnlyList<string>)
            [
                Words(verdict.Comparison.Target), .. Limits(verdict.Comparison), Rate(verdict.BaseMedian), Rate(verdict.VariantMedian), Emphasized(verdict),
                $"{Ratio(verdict.LowestRatio)} to {Ratio(verdict.HighestRatio)}", verdict.BaseLatencies is null ? None : Both(verdict),
            ]),
        ]);

    private static void Table(TextWriter output, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        output.WriteLine($"| {string.Join(" | ", head)} |");
        output.WriteLine($"|{string.Concat(head.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", row)} |");
        }

        output.WriteLine();
    }

    private IReadOnlyList<string> Cells(string target, IReadOnlyList<string> limits, Func<string, Verdict, string> cell) =>
        [Words(target), .. limits, .. _databases.Select(database => _verdicts.TryGetValue((target, database), out var verdict) ? cell(database, verdict) : None)];

    private IReadOnlyList<string> Allocated()
    {
        var limits = _allocated.Values.First();
        return
        [
            "T11 bytes allocated by a single append beyond its payload", $"{limits.Most:N0}", $"{limits.Better:N0}",
            .. _databases.Select(database => _allocated.TryGetValue(database, out var found) ? Words(found) : None),
        ];
    }

    private static string Words(Allocation found)
    {
        var own = found.Bytes - found.ClientBytes;
        var bytes = own > found.Most ? $"**{own:N0}**" : $"{own:N0}";
        return found.ClientBytes > 0 ? $"{bytes} and the client's {found.ClientBytes:N0}" : bytes;
    }

    private Verdict AnyOf(string target) => _verdicts.First(verdict => verdict.Key.Target == target).Value;

    private bool HasLatencies(string target, string database) => _verdicts.TryGetValue((target, database), out var verdict) && verdict is { BaseLatencies: not null, VariantLatencies: not null };

    // The report on the screen stands in columns.
    private static string Words(string target) => target.Replace("  ", " ", StringComparison.Ordinal);

    private static int Number(string target) => int.Parse(target.AsSpan(1, target.IndexOf(' ', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);

    private static string[] Limits(Comparison comparison) => [comparison.Floor is { } floor ? Ratio(floor) : "reported", comparison.Goal is { } goal ? Ratio(goal) : None];

    private static string Emphasized(Verdict verdict) =>
        !verdict.Comparison.IsJudged ? $"{Ratio(verdict.Ratio)} reported" : verdict.HoldsFloor ? Ratio(verdict.Ratio) : $"**{Ratio(verdict.Ratio)}**";

    private static string Both(Verdict verdict) => $"{Report.Percentiles(verdict.BaseLatencies!)} and {Report.Percentiles(verdict.VariantLatencies!)}";

    private static string Rate(double value) => Report.Rate(value);

    private static string Ratio(double value) => Report.Ratio(value);
}
