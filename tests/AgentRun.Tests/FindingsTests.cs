using System.Globalization;
using System.Text.Json;
using Nagare;

namespace AgentRuns.Tests;

/// <summary>What the sample's README says of the real runs is what its commands answer, to the last count.</summary>
public sealed class FindingsTests
{
    // The rules of the story, which the README names in a sentence of their own.
    private static readonly string[] Idle = ["big-orders-are-asked-for", "stock-is-not-negative"];

    [Fact]
    public async Task Every_count_of_the_readme_is_what_check_answers()
    {
        var airline = await Check("tau-bench-airline-gpt4o", "--by", "passed");
        var miniSwe = await Check("mini-swe-agent-deepseek", "--by", "passed");
        var sweAgent = await Check("swe-agent-demos");

        var expected = airline.Rules.Keys.Except(Idle).Select(rule => Row(rule, airline, miniSwe, sweAgent)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, ReadmeRows());
        Assert.All(Idle, rule => Assert.Equal(0, airline.Rules[rule].Broken + miniSwe.Rules[rule].Broken + sweAgent.Rules[rule].Broken));

        var readme = await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken);
        Assert.Contains(Text($"({airline.Streams + miniSwe.Streams + sweAgent.Streams} streams with the verdicts, {airline.Events + miniSwe.Events + sweAgent.Events:#,0} events)"), readme, StringComparison.Ordinal);
        Assert.Contains(Text($"{Percent(airline.Failed, airline.Judged)} % of the conversations fail anyway ({airline.Failed} of {airline.Judged}), and {Percent(miniSwe.Failed, miniSwe.Judged)} % of the coding runs ({miniSwe.Failed} of {miniSwe.Judged})"), readme, StringComparison.Ordinal);
        var untested = miniSwe.Rules["coding-runs-the-tests"];
        Assert.Contains(Text($"({Percent(untested.Failed, untested.Failed + untested.Passed)} % fail)"), readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ids_repeat_in_as_many_conversations_as_the_readme_says()
    {
        var repeating = RealRuns.Records(RealRuns.TauBench).Count(record => new TauBenchImporter().Read(record).Run()
            .OfType<AgentRunEvent.ToolCalled>().GroupBy(call => call.CallId).Any(calls => calls.Count() > 1));

        Assert.Contains(Text($"in {repeating} of the 200 conversations"), await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>The same commands as in the README, on one folder of the data.</summary>
    private static async Task<Findings> Check(string folder, params string[] options)
    {
        using var prompt = new Prompt();
        using var import = JsonDocument.Parse((await prompt.Run("import", RealRuns.Find(folder), "--json")).Expect(0));
        using var check = JsonDocument.Parse((await prompt.Run(["check", "--json", .. options])).Expect(1));
        using var list = JsonDocument.Parse((await prompt.Run("runs", "list", "--category", "agent-run", "--limit", "1", "--json")).Expect(0));
        var rules = check.RootElement.GetProperty("rules").EnumerateArray().ToDictionary(
            rule => rule.GetProperty("name").GetString()!,
            rule => new Finding(rule.GetProperty("brokenRuns").GetInt32(), By(rule, "runs", "false"), By(rule, "runs", "true")));
        return new Findings(
            list.RootElement.GetProperty("total").GetInt32(),
            import.RootElement.GetProperty("runs").GetInt32(),
            check.RootElement.GetProperty("events").GetInt64(),
            By(check.RootElement, "correlations", "false"),
            By(check.RootElement, "correlations", "true"),
            rules);
    }

    // 0 where nothing was divided, or none has the value.
    private static int By(JsonElement from, string of, string value) =>
        from.TryGetProperty("by", out var counts) && counts.EnumerateArray().FirstOrDefault(count => count.GetProperty("value").GetString() == value) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty(of).GetInt32()
            : 0;

    private static string Row(string rule, params Findings[] sets)
    {
        var broken = sets.Where(set => set.Rules[rule].Broken > 0).Select(set => Text($"{set.Rules[rule].Broken} of {set.Runs}"));
        var (failed, passed) = (sets.Sum(set => set.Rules[rule].Failed), sets.Sum(set => set.Rules[rule].Passed));
        return $"{rule} | {(broken.Any() ? string.Join(", ", broken) : "0")} | {(failed + passed == 0 ? "" : Text($"{failed} / {passed}"))}".TrimEnd();
    }

    // Of "| `rule`: what it says | runs | split |" all but what it says.
    private static IEnumerable<string> ReadmeRows() => File.ReadLines(Readme())
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|').Length == 5)
        .Select(line => line.Split('|'))
        .Select(cells => $"{cells[1].Split('`')[1]} | {cells[2].Trim()} | {cells[3].Trim()}".TrimEnd())
        .Order(StringComparer.Ordinal);

    private static int Percent(int part, int whole) => (int)Math.Round(100.0 * part / whole);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Readme() => Checkout.File("samples", "AgentRun", "README.md");

    /// <summary>What the rules found in one folder.</summary>
    private sealed record Findings(int Runs, int Streams, long Events, int Failed, int Passed, IReadOnlyDictionary<string, Finding> Rules)
    {
        public int Judged => Failed + Passed;
    }

    /// <summary>What one rule found.</summary>
    private sealed record Finding(int Broken, int Failed, int Passed);
}
