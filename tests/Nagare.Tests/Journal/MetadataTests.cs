using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class MetadataTests
{
    private static readonly TicketEvent Comment = new TicketEvent.Commented("hello");

    [Theory]
    [InlineData("event", "append", "scope", true, "event")]
    [InlineData(null, "append", "scope", true, "append")]
    [InlineData(null, null, "scope", true, "scope")]
    [InlineData(null, null, null, true, "trace")]
    [InlineData(null, null, null, false, "append id")]
    [InlineData("event", null, null, false, "event")]
    [InlineData(null, "append", null, false, "append")]
    [InlineData(null, null, "scope", false, "scope")]
    public async Task The_correlation_id_comes_from_the_nearest_that_states_one(string? own, string? append, string? scope, bool inTrace, string expected)
    {
        await using var desk = new TicketDesk();
        using var activity = inTrace ? new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start() : null;
        using var ambient = scope is null ? null : EventScope.Begin(new() { CorrelationId = scope });
        var result = await desk.Journal.Append(new AppendRequest
        {
            Streams = [new(Ticket.Stream("1"), ExpectedVersion.Any, [new(Comment, own is null ? null : new() { CorrelationId = own })])],
            Metadata = new() { CorrelationId = append },
        });

        var stored = (await desk.Journal.Find(result.AppendId))!.Metadata;
        var meant = expected switch
        {
            "trace" => activity!.TraceId.ToHexString(),
            "append id" => result.AppendId.ToString(),
            _ => expected,
        };
        Assert.Equal(meant, stored.CorrelationId);
    }

    [Fact]
    public async Task What_the_event_leaves_open_is_filled_member_by_member_from_append_scope_and_trace()
    {
        await using var desk = new TicketDesk();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "vendor=1";
        using var scope = EventScope.Begin(new() { Actor = "scope-actor", Subject = "scope-subject", Entries = Entries(("a", "scope"), ("b", "scope")) });
        await desk.Journal.Append(new AppendRequest
        {
            Streams = [new(Ticket.Stream("1"), ExpectedVersion.Any, [new(Comment, new() { CausationId = "outside-1", Entries = Entries(("b", "event")) })])],
            Metadata = new() { Actor = "append-actor" },
        });

        var stored = Assert.Single(await desk.Read()).Metadata;
        Assert.Equal(
            new EventMetadata
            {
                CorrelationId = activity.TraceId.ToHexString(),
                CausationId = "outside-1",
                Actor = "append-actor",
                Subject = "scope-subject",
                TraceParent = activity.Id,
                TraceState = "vendor=1",
                Entries = Entries(("a", "scope"), ("b", "event")),
            },
            stored);
    }

    [Fact]
    public async Task A_stated_traceparent_does_not_take_the_trace_state_of_another_trace()
    {
        await using var desk = new TicketDesk();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "vendor=1";
        var stored = await desk.AppendOne(Comment, new() { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" });
        Assert.Null(stored.Metadata.TraceState);
    }

    [Fact]
    public async Task Everything_stated_comes_back_as_it_was()
    {
        await using var desk = new TicketDesk();
        var cause = Guid.CreateVersion7();
        var stated = new EventMetadata
        {
            CorrelationId = "c-1",
            CausationId = cause,
            FurtherCauses = ["request-7", Guid.CreateVersion7()],
            Actor = "agent:planner",
            Subject = "customer:7",
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            TraceState = "a=1,b=2",
            OccurredAt = new DateTimeOffset(2025, 12, 31, 23, 59, 59, 123, 456, TimeSpan.FromHours(2)),
            Entries = Entries(("z", "\0 \n \"quoted\" 流れ"), ("a", "")),
        };
        var stored = (await desk.AppendOne(Comment, stated)).Metadata;
        Assert.Equal(stated, stored);
        Assert.Equal(TimeSpan.Zero, stored.OccurredAt!.Value.Offset);
        Assert.Equal(["a", "z"], stored.Entries.Keys);
    }

    [Fact]
    public async Task Earlier_events_of_the_same_append_can_be_named_as_causes_by_place()
    {
        await using var desk = new TicketDesk();
        var result = await desk.Journal.Append(new AppendRequest
        {
            Streams =
            [
                new(Ticket.Stream("1"), ExpectedVersion.NoStream, [new(Comment), new(Comment, CausedBy: [0])]),
                new(Ticket.Stream("2"), ExpectedVersion.NoStream, [new(Comment, new() { FurtherCauses = ["outside"] }, CausedBy: [1, 0]), new(Comment, new() { CausationId = "asked" }, CausedBy: [2])]),
            ],
        });

        var stored = (await desk.Read()).Select(e => e.Metadata).ToList();
        Assert.Null(stored[0].CausationId);
        Assert.Equal(result.EventId(0), stored[1].CausationId);
        Assert.Empty(stored[1].FurtherCauses);
        Assert.Equal(result.EventId(1), stored[2].CausationId);
        Assert.Equal<CausationId>([result.EventId(0), "outside"], stored[2].FurtherCauses);
        Assert.Equal("asked", stored[3].CausationId);
        Assert.Equal<CausationId>([result.EventId(2)], stored[3].FurtherCauses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_cause_that_is_not_earlier_in_the_append_is_refused(int place)
    {
        await using var desk = new TicketDesk();
        await Assert.ThrowsAsync<ArgumentException>(() => desk.Journal.Append(new AppendRequest
        {
            Streams = [new(Ticket.Stream("1"), ExpectedVersion.Any, [new(Comment, CausedBy: [place])])],
        }).AsTask());
    }

    [Fact]
    public async Task A_cause_named_twice_is_stored_once_and_the_parent_is_no_further_cause()
    {
        await using var desk = new TicketDesk();
        var parent = Guid.CreateVersion7();
        var stored = await desk.AppendOne(Comment, new() { CausationId = parent, FurtherCauses = ["b", parent, "a", "b"] });
        Assert.Equal(["b", "a"], stored.Metadata.FurtherCauses);
    }

    [Fact]
    public async Task A_scope_that_ends_while_the_append_waits_changes_nothing()
    {
        var gate = new TaskCompletionSource();
        await using var desk = new TicketDesk(around: storage => new WaitingStorage(storage, gate.Task));
        ValueTask<AppendResult> append;
        using (EventScope.Begin(new() { Actor = "user:1" }))
        {
            append = desk.Append(Ticket.Stream("1"), Comment);
        }

        gate.SetResult();
        await append;
        Assert.Equal("user:1", Assert.Single(await desk.Read()).Metadata.Actor);
    }

    [Fact]
    public async Task An_entry_dictionary_sorted_by_culture_is_stored_in_ordinal_order()
    {
        await using var desk = new TicketDesk();
        var byCulture = ImmutableSortedDictionary.Create<string, string>(StringComparer.InvariantCultureIgnoreCase).Add("b", "1").Add("A", "2").Add("B2", "3");
        await desk.AppendOne(Comment, new() { Entries = byCulture });
        Assert.Equal("""{"entries":{"A":"2","B2":"3","b":"1"}}""", Encoding.UTF8.GetString(Assert.Single(await desk.Rows()).Metadata.Span));
    }

    private static ImmutableSortedDictionary<string, string> Entries(params (string Name, string Value)[] entries) =>
        entries.ToImmutableSortedDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
}
