using Nagare.Benchmarks;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Acceptance;

/// <summary>A benchmark that gates a build must itself be right: what it makes of its samples, and that it can fail.</summary>
public class BenchmarkArithmeticTests
{
    private static readonly Variant Raw = new("raw", slot => Task.FromResult(PerSecond(100)));

    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 100.0, 2.0 }, 3.0)]
    public void The_median_is_the_middle_and_between_two_middles_their_mean(double[] values, double median) => Assert.Equal(median, Interleaved.Median(values));

    [Fact]
    public void The_ratio_is_taken_within_each_round_before_the_median()
    {
        // The machine was ten times slower in the second round; the ratio did not care.
        var verdict = Interleaved.Judge(Gate(floor: 0.75, goal: 0.9), [PerSecond(1000), PerSecond(100), PerSecond(1000)], [PerSecond(800), PerSecond(80), PerSecond(900)]);

        Assert.Equal(0.8, verdict.Ratio, 6);
        Assert.Equal(0.8, verdict.LowestRatio, 6);
        Assert.Equal(0.9, verdict.HighestRatio, 6);
        Assert.Equal((1000, 800, 3), (verdict.BaseMedian, verdict.VariantMedian, verdict.Rounds));
        Assert.True(verdict is { HoldsFloor: true, ReachesGoal: false });
    }

    [Theory]
    [InlineData(74, false, "BELOW THE FLOOR")]
    [InlineData(75, true, "floor")]
    [InlineData(90, true, "goal")]
    public void A_ratio_below_its_floor_fails_the_run_and_is_named(double ours, bool holds, string named)
    {
        var table = new StringWriter();
        Assert.Equal(holds, Report.Print(table, "title", [Interleaved.Judge(Gate(floor: 0.75, goal: 0.9), [PerSecond(100)], [PerSecond(ours)])]));
        Assert.EndsWith(named, table.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate", false)]
    [InlineData("T99", true)]
    public async Task What_no_comparison_is_named_by_measures_nothing_and_is_noticed(string only, bool isNothing)
    {
        Assert.True(BenchOptions.TryParse(["--rounds", "1", "--slot", "1", "--only", only], out var options, out _));
        var verdicts = await Interleaved.Run([Gate(floor: 0.75, goal: 0.9) with { Target = "    a gate" }], options, _ => { });
        var report = new StringWriter();
        Assert.True(Report.Print(report, "title", verdicts));
        Assert.Equal((isNothing, isNothing, isNothing), (verdicts.Count == 0, report.ToString().Length == 0, options.Results.NothingWasPicked));
    }

    [Fact]
    public void What_has_no_floor_is_reported_and_never_fails()
    {
        var table = new StringWriter();
        Assert.True(Report.Print(table, "title", [Interleaved.Judge(Gate(floor: null, goal: null), [PerSecond(100)], [PerSecond(1)])]));
        Assert.EndsWith("reported", table.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_judged_on_another_database_is_reported_and_never_fails()
    {
        var (report, page) = (new StringWriter(), new StringWriter());
        var elsewhere = Interleaved.Judge(Gate(floor: 0.75, goal: 0.9) with { Target = "T1  one", IsJudged = false }, [PerSecond(100)], [PerSecond(1)]);
        Assert.True(Report.Print(report, "title", [elsewhere]));
        Assert.EndsWith("reported", report.ToString().TrimEnd(), StringComparison.Ordinal);
        var results = new ResultTable();
        results.Add("One", [elsewhere]);
        results.PrintDatabases(page);
        Assert.Contains("| T1 one | 0.75 | 0.90 | 0.01 reported |", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_are_at_most_a_sixteenth_too_high()
    {
        var latencies = new Latencies();
        for (var i = 1; i <= 1_000; i++)
        {
            latencies.Add(TimeSpan.FromMicroseconds(i * 10));
        }

        Assert.Equal(1_000, latencies.Count);
        Assert.InRange(latencies.Within(0.50).TotalMicroseconds, 5_000, 5_000 * 17 / 16.0);
        Assert.InRange(latencies.Within(0.99).TotalMicroseconds, 9_900, 9_900 * 17 / 16.0);
        Assert.Equal(TimeSpan.Zero, new Latencies().Within(0.5));
    }

    [Fact]
    public async Task Every_variant_runs_once_a_round_and_they_take_turns_in_going_first()
    {
        var ran = new List<string>();
        Variant Noting(string name) => new(name, slot =>
        {
            ran.Add(name);
            return Task.FromResult(PerSecond(1));
        });
        Assert.True(BenchOptions.TryParse(["--rounds", "4"], out var options, out _));
        var shared = Noting("b");

        var verdicts = await Interleaved.Run([new("first", Noting("a"), shared, null, null), new("second", Noting("c"), shared, null, null)], options, static _ => { });

        // To warm up, and then four rounds; a variant that two comparisons share runs once for both.
        Assert.Equal((Interleaved.WarmUpRounds + 4) * 3, ran.Count);
        var counted = ran.Skip(Interleaved.WarmUpRounds * 3).Chunk(3).ToList();
        Assert.All(counted, round => Assert.Equal(["a", "b", "c"], round.Order()));
        Assert.True(counted.Select(round => round[0]).Distinct().Count() > 1);
        Assert.All(verdicts, verdict => Assert.Equal(4, verdict.Rounds));
    }

    [Theory]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--slot", "-1")]
    [InlineData("appendd")]
    public void A_command_line_that_makes_no_sense_is_refused_with_what_it_was(params string[] args)
    {
        Assert.False(BenchOptions.TryParse(args, out _, out var complaint));
        Assert.Contains(args[0], complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_have_a_row_for_each_target_and_a_column_for_each_database()
    {
        var results = new ResultTable();
        results.Add("One", [Judged("T2  two", ours: 74), Judged("T1  one", ours: 90), Judged("    no target", ours: 1)]);
        results.Add("Other", [Judged("T10 ten", ours: 80)]);
        results.AddAllocated("One", new(3_900, ClientBytes: 1_901, Most: 2_000, Better: 1_000));
        results.AddAllocated("Other", new(2_001, ClientBytes: 0, Most: 2_000, Better: 1_000));
        results.AddPeers([Judged("T12 peer", ours: 60)]);
        var (databases, peers) = (new StringWriter(), new StringWriter());
        results.PrintDatabases(databases);
        results.PrintPeers(peers);

        Assert.Equal(
            [
                "| target, ours to raw | floor | goal | One | Other |",
                "|---|---|---|---|---|",
                "| T1 one | 0.75 | 0.90 | 0.90 | – |",
                "| T2 two | 0.75 | 0.90 | **0.74** | – |",
                "| T10 ten | 0.75 | 0.90 | – | 0.80 |",
                "| T11 bytes allocated by a single append beyond its payload | 2,000 | 1,000 | 1,999 and the client's 1,901 | **2,001** |",
                "",
                "| a second, raw and ours | One | Other |",
                "|---|---|---|",
                "| T1 one | 100 and 90.0 | – |",
            ],
            databases.ToString().Split(Environment.NewLine)[..10]);
        Assert.Contains("| T12 peer | 0.75 | 0.90 | 100 | 60.0 | **0.60** | 0.60 to 0.60 | – |", peers.ToString(), StringComparison.Ordinal);

        static Verdict Judged(string target, double ours) => Interleaved.Judge(Gate(0.75, 0.9) with { Target = target }, [PerSecond(100)], [PerSecond(ours)]);
    }

    private static Comparison Gate(double? floor, double? goal) => new("T0", Raw, Raw, floor, goal);

    private static Sample PerSecond(double operations) => new((long)operations, TimeSpan.FromSeconds(1));
}
