using System.Text.Json;

namespace Nagare.CommandLine.Tests;

/// <summary>The verbs <c>state</c>, <c>why</c> and <c>check</c>.</summary>
public sealed class QuestionTests
{
    [Fact]
    public async Task The_state_at_a_version_is_what_was_known_then()
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check("state.txt", (await shell.Run("state", "lima", "--at", "3")).Done());
        GoldenFile.Check("state.json", (await shell.Run("state", "lima", "--at", "3", "--json")).Done());
    }

    [Fact]
    public async Task The_change_between_two_versions_is_told_field_by_field()
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check("state-diff.txt", (await shell.Run("state", "lima", "--at", "3", "--diff", "1", "--aggregate", "Trip")).Done());
        GoldenFile.Check("state-diff.json", (await shell.Run("state", "lima", "--at", "3", "--diff", "1", "--json")).Done());
    }

    [Fact]
    public async Task Without_a_version_the_state_is_the_newest_and_before_the_first_event_it_is_the_initial_one()
    {
        using var shell = await Shell.WithTrips();

        Assert.StartsWith("trip/oslo at version 4, as TripCost\n", (await shell.Run("state", "oslo", "--aggregate", "TripCost")).Done(), StringComparison.Ordinal);
        Assert.Equal("trip/oslo at version 0, as TripCost\n{\n  \"usd\": 0\n}\n", (await shell.Run("state", "oslo", "--at", "0", "--aggregate", "TripCost")).Done());
    }

    [Theory]
    [InlineData("state", "oslo", "--at", "5")]
    [InlineData("state", "oslo", "--at", "4", "--diff", "9")]
    [InlineData("why", "oslo", "--at", "5")]
    public async Task A_version_that_the_run_has_not_reached_is_not_found(params string[] args)
    {
        using var shell = await Shell.WithTrips();

        Assert.Matches("^trips: trip/oslo was asked for version [59], but its last version is 4\\.$", (await shell.Run(args)).Refused(4));
    }

    [Fact]
    public async Task An_aggregate_that_does_not_fold_the_run_is_not_found()
    {
        using var shell = await Shell.WithTrips();
        (await shell.Run("import", shell.Write("audits.jsonl", """{"audit": "x", "opinion": "dear"}"""))).Done();

        Assert.Equal("trips: no aggregate 'Hotel' folds the family trip; there are Trip, TripCost", (await shell.Run("state", "oslo", "--aggregate", "Hotel")).Refused(4));
        Assert.Equal("trips: no aggregate folds the family audit", (await shell.Run("state", "audit/x")).Refused(4));
    }

    [Fact]
    public async Task Why_tells_the_event_its_causes_back_to_the_root_and_what_was_known()
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check("why.txt", (await shell.Run("why", "kyoto", "--at", "4")).Done());
        GoldenFile.Check("why.json", (await shell.Run("why", "kyoto", "--at", "4", "--json")).Done());
    }

    [Fact]
    public async Task Why_says_of_the_first_event_that_nothing_led_to_it()
    {
        using var shell = await Shell.WithTrips();

        Assert.Contains("What led to The traveller asked (trip/lima v1): no causes", (await shell.Run("why", "lima", "--at", "1")).Done(), StringComparison.Ordinal);
        Assert.Contains("caused from outside this journal by mail-17\n", (await shell.Run("why", "kyoto", "--at", "1")).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_version_why_asks_of_the_last_event()
    {
        using var shell = await Shell.WithTrips();

        Assert.StartsWith("trip/lima v4, ", (await shell.Run("why", "lima")).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_counts_the_runs_that_broke_each_rule_and_names_the_first()
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check("check.txt", (await shell.Run("check")).Done(exitCode: 1));
        GoldenFile.Check("check.json", (await shell.Run("check", "--json")).Done(exitCode: 1));
    }

    [Fact]
    public async Task Check_of_one_rule_or_one_run_that_holds_is_fine()
    {
        using var shell = await Shell.WithTrips();

        Assert.Contains("cheap: holds.", (await shell.Run("check", "--rule", "cheap", "--run", "kyoto")).Done(), StringComparison.Ordinal);
        Assert.EndsWith("2 rules asked over 4 events\n", (await shell.Run("check", "--rule", "cheap", "--rule", "tools-work", "--run", "kyoto")).Done(), StringComparison.Ordinal);
        Assert.Contains("cheap: broke in 1 run.", (await shell.Run("check", "--rule", "cheap")).Done(exitCode: 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_shows_as_many_breaks_as_are_asked_for()
    {
        using var shell = new Shell();
        (await shell.Run("import", shell.Write("t.jsonl", string.Concat(Enumerable.Range(0, 5).Select(i => $$"""{"trip": "t{{i}}", "steps": [["spent", 11]]}""" + "\n"))))).Done();

        var three = (await shell.Run("check", "--rule", "cheap")).Done(exitCode: 1);
        Assert.Contains("  trip/t2 v1: it cost $11.00 (Spent $11.00)\n  and 2 more\n", three, StringComparison.Ordinal);
        Assert.DoesNotContain("trip/t3", three, StringComparison.Ordinal);
        Assert.Contains("trip/t4", (await shell.Run("check", "--rule", "cheap", "--show", "9")).Done(exitCode: 1), StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await shell.Run("check", "--rule", "cheap", "--json")).Done(exitCode: 1));
        Assert.Equal(5, json.RootElement.GetProperty("rules")[0].GetProperty("breaks").GetArrayLength());
    }

    [Fact]
    public async Task A_rule_that_is_not_there_is_not_found()
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal("trips: there is no rule 'kind'; there are cheap, tools-work, answers-say-something", (await shell.Run("check", "--rule", "kind")).Refused(4));
    }

    [Fact]
    public async Task Broken_runs_are_divided_by_what_their_explanations_say()
    {
        using var shell = await Shell.WithTrips();
        var silent = shell.Write("silent.jsonl", """{"trip": "rome", "steps": [["failed", "search", "no route"]]}""");
        (await shell.Run("import", silent)).Done();

        GoldenFile.Check("check-by.txt", (await shell.Run("check", "--show", "0", "--by", "answered")).Done(exitCode: 1));
        GoldenFile.Check("check-by.json", (await shell.Run("check", "--rule", "tools-work", "--by", "answered", "--json")).Done(exitCode: 1));
    }

    [Fact]
    public async Task One_run_is_divided_by_what_its_correlation_says()
    {
        using var shell = await Shell.WithTrips();

        var answer = (await shell.Run("check", "--run", "oslo", "--by", "answered", "--show", "0")).Done(exitCode: 1);

        Assert.Contains("cheap: broke in 1 run (answered: no 1).", answer, StringComparison.Ordinal);
        Assert.EndsWith("answered of 1 correlation: no 1\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_no_event_has_is_not_found()
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal("trips: no event has a tag 'mood'", (await shell.Run("check", "--by", "mood")).Refused(4));
    }
}
