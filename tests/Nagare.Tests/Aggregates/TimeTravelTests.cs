using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class TimeTravelTests
{
    private static readonly StreamId One = Ticket.Stream("1");

    /// <summary>Opened at position 1, commented at 3 and 5, an hour apart each.</summary>
    private static async Task<TicketDesk> Desk()
    {
        var desk = new TicketDesk();
        foreach (var e in new TicketEvent[] { new TicketEvent.Opened("broken", "7"), new TicketEvent.Commented("a"), new TicketEvent.Commented("b") })
        {
            await desk.Append(One, e);
            await desk.Append(Ticket.Stream("other"), new TicketEvent.Commented("noise"));
            desk.Clock.Advance(TimeSpan.FromHours(1));
        }

        return desk;
    }

    [Theory]
    [InlineData(0, "", 0)]
    [InlineData(1, "", 1)]
    [InlineData(2, "a", 2)]
    [InlineData(3, "ab", 3)]
    public async Task The_state_at_a_version_is_the_fold_up_to_it(long version, string comments, long at)
    {
        await using var desk = await Desk();
        var (state, loaded) = await desk.Tickets.LoadAtVersion(One, version);
        Assert.Equal((comments, at), (string.Concat(state.Comments), loaded.Value));
    }

    [Theory]
    [InlineData("1", 4, 3)]
    [InlineData("nobody", 1, 0)]
    public async Task A_version_that_the_stream_has_not_reached_is_an_error_with_the_last(string id, long asked, long last)
    {
        await using var desk = await Desk();
        var missing = await Assert.ThrowsAsync<StreamVersionNotFoundException>(() => desk.Tickets.LoadAtVersion(Ticket.Stream(id), asked).AsTask());
        Assert.Equal((asked, last), (missing.Asked.Value, missing.Last.Value));
    }

    [Theory]
    [InlineData(-1L, 0)]
    [InlineData(0L, 1)]
    [InlineData(1L, 1)]
    [InlineData(36_000_000_000L - 1, 1)]
    [InlineData(36_000_000_000L, 2)]
    [InlineData(1_000_000_000_000L, 3)]
    public async Task The_state_as_of_an_instant_holds_what_was_recorded_by_then_inclusive(long ticksAfterStart, long version)
    {
        await using var desk = await Desk();
        Assert.Equal(version, (await desk.Tickets.LoadAsOf(One, TicketDesk.Start.AddTicks(ticksAfterStart))).Version.Value);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(900, 3)]
    public async Task The_state_as_of_a_position_holds_what_stood_up_to_it(long position, long version)
    {
        await using var desk = await Desk();
        Assert.Equal(version, (await desk.Tickets.LoadAsOf(One, (Position)position)).Version.Value);
    }

    [Fact]
    public async Task A_stream_without_events_is_the_initial_state()
    {
        await using var desk = new TicketDesk();
        Assert.Equal(new Loaded<Ticket>(Ticket.Initial, 0), await desk.Tickets.Load(One));
    }

    [Fact]
    public async Task A_stream_of_many_pages_folds_every_event_once()
    {
        await using var desk = new TicketDesk();
        await desk.Append(One, [.. Enumerable.Range(0, 2_000).Select(i => new TicketEvent.Commented($"{i}"))]);
        await desk.Append(One, new TicketEvent.Commented("last"));
        var (state, version) = await desk.Tickets.Load(One);
        Assert.Equal(2_001, version.Value);
        Assert.Equal([.. Enumerable.Range(0, 2_000).Select(i => $"{i}"), "last"], state.Comments);
        Assert.Equal(1_000, (await desk.Tickets.LoadAtVersion(One, 1_000)).State.Comments.Count);
    }

    [Fact]
    public async Task A_stream_of_another_family_is_an_error()
    {
        await using var desk = new TicketDesk();
        await desk.Append(new StreamId("invoice", "1"), new InvoiceEvent.Sent(1));
        var wrong = await Assert.ThrowsAsync<EventModelException>(() => desk.Tickets.Load(new StreamId("invoice", "1")).AsTask());
        Assert.Contains("'invoice'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_event_stops_a_load_or_is_skipped_as_the_policy_says()
    {
        await using var full = await Desk();
        await full.Append(One, new TicketEvent.Closed("x"));
        await using var failing = await Journal.Open(TicketModel.BuildWithout("commented"), full.Raw);
        await Assert.ThrowsAsync<UnknownEventException>(() => new AggregateReader<Ticket>(failing.Reader).Load(One, FoldBound.None, default).AsTask());

        await using var skipping = await Journal.Open(TicketModel.BuildWithout("commented"), full.Raw, new() { UnknownEvents = UnknownEventPolicy.Skip });
        var loaded = await new AggregateReader<Ticket>(skipping.Reader).LoadAtVersion(One, 3, default);
        Assert.Equal(3, loaded.Version.Value);
        Assert.Equal(("broken", 0), (loaded.State.Title, loaded.State.Comments.Count));
    }
}
