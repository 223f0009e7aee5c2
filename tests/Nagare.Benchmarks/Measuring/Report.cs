using System.Globalization;

namespace Nagare.Benchmarks.Measuring;

/// <summary>Prints verdicts as one table, and says whether every floor held.</summary>
internal static class Report
{
    public static bool Print(TextWriter output, string title, IReadOnlyList<Verdict> verdicts, string against = "raw")
    {
        if (verdicts.Count == 0)
        {
            return true;
        }

        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine(Row("", $"{against} /s", "nagare /s", "ratio", "spread", "floor", "goal", ""));
        foreach (var verdict in verdicts)
        {
            var comparison = verdict.Comparison;
            output.WriteLine(Row(
                comparison.Target,
                Rate(verdict.BaseMedian),
                Rate(verdict.VariantMedian),
                Ratio(verdict.Ratio),
                $"{Ratio(verdict.LowestRatio)}..{Ratio(verdict.HighestRatio)}",
                comparison.Floor is { } floor ? Ratio(floor) : "-",
                comparison.Goal is { } goal ? Ratio(goal) : "-",
                !verdict.HoldsFloor ? "BELOW THE FLOOR" : comparison.Floor is null || !comparison.IsJudged ? "reported" : verdict.ReachesGoal ? "goal" : "floor"));
        }

        foreach (var verdict in verdicts.Where(verdict => verdict is { BaseLatencies: not null, VariantLatencies: not null, Comparison.Floor: not null }))
        {
            output.WriteLine($"{verdict.Comparison.Target,-50} p50/p99 in ms: {against} {Percentiles(verdict.BaseLatencies!)}, nagare {Percentiles(verdict.VariantLatencies!)}");
        }

        return verdicts.All(verdict => verdict.HoldsFloor);
    }

    private static string Row(string target, string theirs, string ours, string ratio, string spread, string floor, string goal, string verdict) =>
        $"{target,-50} {theirs,13} {ours,13} {ratio,7} {spread,13} {floor,6} {goal,6}  {verdict}".TrimEnd();

    public static string Percentiles(Latencies latencies) =>
        string.Create(CultureInfo.InvariantCulture, $"{latencies.Within(0.50).TotalMilliseconds:0.00}/{latencies.Within(0.99).TotalMilliseconds:0.00}");

    public static string Rate(double value) => value.ToString(value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
