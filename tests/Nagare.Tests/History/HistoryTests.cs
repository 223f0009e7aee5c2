using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class HistoryTests
{
    private static readonly StreamId One = Ticket.Stream("1");

    private static async Task<TicketDesk> Desk()
    {
        var desk = new TicketDesk();
        await desk.Append(One, new TicketEvent.Opened("broken", "7"), new TicketEvent.Commented("a"), new TicketEvent.Commented("bb"), new TicketEvent.Opened("fixed", "7"));
        return desk;
    }

    [Fact]
    public async Task A_diff_names_each_changed_field_by_its_path()
    {
        await using var desk = await Desk();
        var diff = await desk.Tickets.Diff(One, 1, 4);
        Assert.Equal(
            """
            title: "broken" → "fixed"
            comments[0]: (absent) → {"text":"a","length":1}
            comments[1]: (absent) → {"text":"bb","length":2}
            """,
            diff.ToString());
        Assert.Equal("title: null → \"broken\"", (await desk.Tickets.Diff(One, 0, 1)).ToString());
        Assert.Empty((await desk.Tickets.Diff(One, 2, 2)).Changes);
        Assert.Equal(new StateChange("comments[1]", """{"text":"bb","length":2}""", null), Assert.Single((await desk.Tickets.Diff(One, 3, 2)).Changes));
    }

    [Fact]
    public async Task Steps_tell_what_each_event_said_and_changed()
    {
        await using var desk = await Desk();
        var steps = new List<Step>();
        await foreach (var step in desk.Tickets.Steps(One))
        {
            steps.Add(step);
        }

        Assert.Equal([1L, 2, 3, 4], steps.Select(step => step.Envelope.Version.Value));
        Assert.Equal(["title", "comments[0]", "comments[1]", "title"], steps.Select(step => Assert.Single(step.Diff.Changes).Path));
        Assert.All(steps, step => Assert.NotEmpty(step.Explanation.Title));
    }

    [Fact]
    public async Task Blame_names_for_each_field_the_event_that_set_it_last_and_leaves_out_what_none_set()
    {
        await using var desk = await Desk();
        var blames = await desk.Tickets.Blame(One, 4);
        Assert.Equal(
            [("title", "\"fixed\"", 4L), ("comments[0].text", "\"a\"", 2), ("comments[0].length", "1", 2), ("comments[1].text", "\"bb\"", 3), ("comments[1].length", "2", 3)],
            blames.Select(b => (b.Path, b.Value, b.SetBy.Version.Value)));
        Assert.Equal(("title", 1L), (await desk.Tickets.Blame(One, 2)).Select(b => (b.Path, b.SetBy.Version.Value)).First());
        Assert.Empty(await desk.Tickets.Blame(One, 0));
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_an_error_in_diff_blame_and_description()
    {
        await using var desk = await Desk();
        await Assert.ThrowsAsync<StreamVersionNotFoundException>(() => desk.Tickets.Diff(One, 1, 5).AsTask());
        await Assert.ThrowsAsync<StreamVersionNotFoundException>(() => desk.Tickets.Blame(One, 5).AsTask());
        await Assert.ThrowsAsync<StreamVersionNotFoundException>(() => desk.Tickets.Describe(One, 5).AsTask());
    }

    [Fact]
    public async Task A_mutable_state_is_compared_with_what_it_was_and_printed_by_its_json_type()
    {
        await using var desk = await Desk();
        var tallies = desk.Services.GetRequiredService<IAggregateRepository<TicketTally>>();
        Assert.Equal("events: 1 → 3\nkinds.Commented: (absent) → 2", (await tallies.Diff(One, 1, 3)).ToString());
        Assert.Equal("{\n  \"events\": 1,\n  \"kinds\": {\n    \"Opened\": 1\n  }\n}", (await tallies.Describe(One, 1)).ToIndentedJson());
        Assert.Equal([("events", 4L), ("kinds.Opened", 4), ("kinds.Commented", 3)], (await tallies.Blame(One, 4)).Select(b => (b.Path, b.SetBy.Version.Value)));
    }

    [Fact]
    public async Task A_tool_finds_the_aggregates_of_a_stream_without_their_types()
    {
        await using var desk = await Desk();
        var inspectors = desk.Services.GetServices<AggregateInspector>().Where(inspector => inspector.Family == One.Category).ToList();
        Assert.Equal(["Ticket", "TicketTally"], inspectors.Select(inspector => inspector.Name));
        var described = await inspectors[0].Describe(One, 1);
        Assert.Equal("""{"title":"broken","comments":[],"isClosed":false}""", described.ToJson());
        Assert.Equal((One, (StreamVersion)1, "Ticket"), (described.StreamId, described.Version, described.Aggregate));
        Assert.Equal(4, (await inspectors[0].Describe(One)).Version.Value);
        Assert.Equal((await desk.Tickets.Diff(One, 1, 4)).Changes, (await inspectors[0].Diff(One, 1, 4)).Changes);
        Assert.Equal(5, (await inspectors[0].Blame(One, 4)).Count);
        var steps = 0;
        await foreach (var _ in inspectors[0].Steps(One))
        {
            steps++;
        }

        Assert.Equal(4, steps);
    }

    [Fact]
    public async Task A_state_that_cannot_be_printed_says_so()
    {
        await using var desk = new TicketDesk();
        var totals = desk.Services.GetRequiredService<IAggregateRepository<InvoiceTotal>>();
        Assert.Equal(0m, (await totals.Load(new StreamId("invoice", "1"))).State.Sum);
        var error = await Assert.ThrowsAsync<EventModelException>(() => totals.Describe(new StreamId("invoice", "1")).AsTask());
        Assert.Contains("JsonTypeInfo", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1", "")]
    [InlineData("1", "1.0", "")]
    [InlineData("1", "2", "state: 1 → 2")]
    [InlineData("[1,2,3]", "[1,3]", "[1]: 2 → 3\n[2]: 3 → (absent)")]
    [InlineData("{}", "[]", "state: {} → []")]
    [InlineData("""{"a":1,"b":{"c":[1]}}""", """{"b":{"c":[1,null]},"d":2}""", "b.c[1]: (absent) → null\nd: (absent) → 2\na: 1 → (absent)")]
    [InlineData("""{"a.b":1,"":2,"x y":3}""", """{"a.b":2,"":3,"x y":4}""", "[\"a.b\"]: 1 → 2\n[\"\"]: 2 → 3\n[\"x y\"]: 3 → 4")]
    [InlineData("""{"a":null}""", """{}""", "a: null → (absent)")]
    public void States_are_compared_member_by_member(string before, string after, string changes) =>
        Assert.Equal(changes, StateComparison.Diff(JsonDocument.Parse(before).RootElement, JsonDocument.Parse(after).RootElement).ToString());
}
