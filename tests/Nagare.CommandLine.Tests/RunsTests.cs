using System.Text.Json;

namespace Nagare.CommandLine.Tests;

public sealed class RunsTests
{
    [Fact]
    public async Task The_list_says_what_each_run_was_about_and_how_it_ended()
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check("runs-list.txt", (await shell.Run("runs", "list")).Done());
        GoldenFile.Check("runs-list.json", (await shell.Run("runs", "list", "--json")).Done());
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        using var shell = await Shell.WithTrips();

        var page = (await shell.Run("runs", "list", "--skip", "1", "--limit", "1")).Done();

        Assert.Contains("trip/oslo", page, StringComparison.Ordinal);
        Assert.DoesNotContain("trip/kyoto", page, StringComparison.Ordinal);
        Assert.EndsWith("1 of 3 runs; --skip 2 shows the next\n", page, StringComparison.Ordinal);
        Assert.EndsWith("1 of 3 runs\n", (await shell.Run("runs", "list", "--skip", "2")).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_a_category()
    {
        using var shell = await Shell.WithTrips();
        (await shell.Run("import", shell.Write("audits.jsonl", """{"audit": "oslo", "opinion": "dear"}"""))).Done();

        using var list = JsonDocument.Parse((await shell.Run("runs", "list", "--category", "audit", "--json")).Done());

        Assert.Equal("audit/oslo", Assert.Single(list.RootElement.GetProperty("runs").EnumerateArray()).GetProperty("stream").GetString());
        Assert.Equal("no runs in trips.db\n", (await shell.Run("runs", "list", "--category", "hotel")).Done());
    }

    [Theory]
    [InlineData("text", "runs-show.txt")]
    [InlineData("markdown", "runs-show.md")]
    [InlineData("jsonl", "runs-show.jsonl")]
    public async Task A_run_is_told_in_prose(string format, string golden)
    {
        using var shell = await Shell.WithTrips();

        GoldenFile.Check(golden, (await shell.Run("runs", "show", "trip/lima", "--format", format)).Done());
    }

    [Fact]
    public async Task Json_and_json_lines_are_the_same_for_a_run()
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal((await shell.Run("runs", "show", "lima", "--format", "jsonl")).Done(), (await shell.Run("runs", "show", "lima", "--json")).Done());
    }

    [Theory]
    [InlineData("trip/kyoto")]
    [InlineData("kyoto")]
    [InlineData("kyo")]
    [InlineData("trip/k")]
    public async Task A_run_goes_by_its_id_by_the_id_alone_or_by_the_beginning_of_either(string id)
    {
        using var shell = await Shell.WithTrips();

        Assert.StartsWith("trip/kyoto\n", (await shell.Run("runs", "show", id)).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_goes_by_the_last_part_of_its_id_even_where_another_begins_so()
    {
        using var shell = new Shell();
        var file = shell.Write("trips.jsonl", """
            {"trip": "bench/task-1", "steps": [["asked", "One"]]}
            {"trip": "bench/task-11", "steps": [["asked", "Eleven"]]}
            """);
        (await shell.Run("import", file)).Done();

        Assert.StartsWith("trip/bench/task-1\n", (await shell.Run("runs", "show", "task-1")).Done(), StringComparison.Ordinal);
        Assert.StartsWith("trip/bench/task-11\n", (await shell.Run("runs", "show", "bench/task-11")).Done(), StringComparison.Ordinal);
        Assert.Equal("trips: 'task' fits 2 runs: trip/bench/task-1, trip/bench/task-11", (await shell.Run("runs", "show", "task")).Refused(4));
    }

    [Fact]
    public async Task An_id_in_two_categories_is_refused_with_both_unless_the_application_has_a_main_one()
    {
        using var shell = await Shell.WithTrips();
        (await shell.Run("import", shell.Write("audits.jsonl", """{"audit": "oslo", "opinion": "dear"}"""))).Done();

        Assert.Equal("trips: 'oslo' fits 2 runs: trip/oslo, audit/oslo", (await shell.Run("runs", "show", "oslo")).Refused(4));
        shell.MainCategory = "audit";
        Assert.StartsWith("audit/oslo\n", (await shell.Run("runs", "show", "oslo")).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_candidates_are_counted_not_listed()
    {
        using var shell = new Shell();
        (await shell.Run("import", shell.Write("t.jsonl", string.Concat(Enumerable.Range(0, 9).Select(i => $$"""{"trip": "t{{i}}", "steps": [["asked", "A"]]}""" + "\n"))))).Done();

        Assert.Equal("trips: 't' fits 9 runs: trip/t0, trip/t1, trip/t2, trip/t3, trip/t4 and 4 more", (await shell.Run("runs", "show", "t")).Refused(4));
    }

    [Theory]
    [InlineData("runs", "show", "rome")]
    [InlineData("state", "rome", "--at", "1")]
    [InlineData("why", "rome", "--at", "1")]
    [InlineData("check", "--run", "rome")]
    public async Task A_run_that_is_not_there_is_not_found(params string[] args)
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal("trips: there is no run 'rome' in trips.db", (await shell.Run(args)).Refused(4));
    }

    [Fact]
    public async Task An_empty_journal_has_no_runs()
    {
        using var shell = new Shell();
        shell.Input = [];
        (await shell.Run("import", shell.Write("none.jsonl", Shell.Trips))).Done();
        (await shell.Run("export", Path.Combine(shell.Folder, "all.jsonl"))).Done();

        Assert.Equal("no runs in trips.db\n", (await shell.Run("runs", "list", "--category", "none")).Done());
    }

    [Fact]
    public async Task A_run_is_given_back_in_the_format_it_came_in_where_the_application_can()
    {
        using var shell = await Shell.WithTrips();
        var asked = new List<string>();
        shell.SourceWriter = (run, output) =>
        {
            asked.AddRange(run.Select(e => $"{e.StreamId} {e.Version}"));
            output.Write("{\n  \"trip\": \"Ky\u014Dto \U0001F683 \\ud83d\u202E\"\n}\n"u8);
            return true;
        };

        Assert.Equal("{  \"trip\": \"Ky\\u014Dto \\uD83D\\uDE83 \\ud83d\\u202E\"}\n", (await shell.Run("runs", "show", "kyoto", "--format", "source")).Done());
        Assert.Equal(["trip/kyoto 1", "trip/kyoto 2", "trip/kyoto 3", "trip/kyoto 4"], asked);
        GoldenFile.Check("help-runs-show-source.txt", (await shell.Run("runs", "show", "--help")).Done());
    }

    [Fact]
    public async Task A_run_without_a_source_is_said_to_have_none()
    {
        using var shell = await Shell.WithTrips();
        shell.SourceWriter = (_, _) => false;

        Assert.Equal("trips: trip/kyoto was not imported, so there is no format to give it back in", (await shell.Run("runs", "show", "kyoto", "--format", "source")).Refused(4));
    }

    [Fact]
    public async Task An_application_that_writes_no_source_offers_none()
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal("trips: --format takes one of text, markdown, jsonl, not 'source' (see 'trips runs show --help')", (await shell.Run("runs", "show", "kyoto", "--format", "source")).Refused(2));
    }

    [Fact]
    public async Task A_list_needs_to_know_no_event_and_shows_the_titles_that_it_knows()
    {
        using var shell = new Shell();
        var file = shell.Write("trips.jsonl", """
            {"trip": "kyoto", "steps": [["asked", "Kyoto"], ["spent", 1], ["answered", "B"]]}
            {"trip": "oslo", "steps": [["asked", "Oslo"], ["spent", 1]]}
            """);
        (await shell.Run("import", file)).Done();
        shell.AddModels = nagare => nagare.AddModel<EarlierTripModel>();

        var list = (await shell.Run("runs", "list")).Done();

        Assert.Contains("The traveller asked … Answered", list, StringComparison.Ordinal);
        Assert.Contains("The traveller asked … (an unknown event)", list, StringComparison.Ordinal);
        Assert.Contains("trip/spent", (await shell.Run("runs", "show", "kyo")).Error, StringComparison.Ordinal);
    }

    /// <summary>The trips' model before anybody spoke of money.</summary>
    private sealed class EarlierTripModel : IEventModel
    {
        public static void Register(EventModelBuilder model)
        {
            ArgumentNullException.ThrowIfNull(model);
            model.AddFamily(new EventFamily("trip", typeof(TripEvent), [TripModel.Type<TripEvent.Answered>("trip", "answered"), TripModel.Type<TripEvent.Asked>("trip", "asked")]));
            model.AddExplainer(_ => new TripExplainer());
        }
    }
}
