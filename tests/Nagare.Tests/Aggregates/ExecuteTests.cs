using Microsoft.Extensions.DependencyInjection;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class ExecuteTests
{
    private static readonly StreamId One = Ticket.Stream("1");

    [Fact]
    public async Task A_decision_is_stored_and_the_state_after_it_returned()
    {
        await using var desk = new TicketDesk();
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Append(One, new TicketEvent.Opened("broken", "7"));
        var result = await desk.Tickets.Execute(One, new CloseTicket("done"), new ExecuteOptions { Metadata = new() { Actor = "user:1" } });

        Assert.Equal((true, 2L, 1), (result.Aggregate.State.IsClosed, result.Aggregate.Version.Value, result.Attempts));
        var stored = (await desk.Read()).Last();
        Assert.Equal("done at 2026-03-01T09:00:00.0000000+00:00, after v1 of ticket/1", ((TicketEvent.Closed)stored.Event).Reason);
        Assert.Equal("user:1", stored.Metadata.Actor);
        Assert.Equal("close-ticket", stored.Metadata.Entries["command"]);
        Assert.Equal(stored.EventId, result.Append!.AppendId);
    }

    [Fact]
    public async Task A_command_without_a_stored_name_leaves_no_entry()
    {
        await using var desk = new TicketDesk();
        await desk.Tickets.Execute(One, new CommentTicket("a"));
        Assert.Empty(Assert.Single(await desk.Read()).Metadata.Entries);
    }

    [Fact]
    public async Task A_rejection_is_a_result_and_stores_nothing()
    {
        await using var desk = new TicketDesk();
        await desk.Append(One, new TicketEvent.Closed("x"));
        var result = await desk.Tickets.Execute(One, new CloseTicket("again"));
        Assert.Equal(new Rejection("it is closed already", "closed"), result.Rejection);
        Assert.Null(result.Append);
        Assert.Equal(1, result.Aggregate.Version.Value);
        Assert.Equal(1, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task A_decision_to_ignore_stores_nothing_and_is_no_rejection()
    {
        await using var desk = new TicketDesk();
        await desk.Append(One, new TicketEvent.Closed("x"));
        var result = await desk.Tickets.Execute(One, new CommentTicket(""));
        Assert.Null(result.Rejection);
        Assert.Null(result.Append);
    }

    [Fact]
    public async Task A_lambda_decides_too()
    {
        await using var desk = new TicketDesk();
        var stored = await desk.Tickets.Execute(One, ticket => Decision.From(new TicketEvent.Commented($"{ticket.Comments.Count}")));
        var refused = await desk.Tickets.Execute(One, ticket => ticket.Comments.Count > 0 ? Decision.Reject("enough") : Decision.Ignore());
        Assert.Equal(["0"], stored.Aggregate.State.Comments);
        Assert.Equal("enough", refused.Rejection!.Reason);
    }

    [Fact]
    public async Task A_conflict_is_decided_again_on_the_new_state()
    {
        WaitingStorage? steered = null;
        await using var desk = new TicketDesk(around: storage => steered = new WaitingStorage(storage));
        await desk.Append(One, new TicketEvent.Commented("first"));
        steered!.BeforeAppend = async _ =>
        {
            steered.BeforeAppend = null;
            await desk.Append(One, new TicketEvent.Commented("rival"));
        };

        var result = await desk.Tickets.Execute(One, ticket => Decision.From(new TicketEvent.Commented($"after {ticket.Comments.Count}")));
        Assert.Equal(2, result.Attempts);
        Assert.Equal(["first", "rival", "after 2"], result.Aggregate.State.Comments);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_conflict_at_every_attempt_is_thrown_after_the_last(int attempts)
    {
        var decided = 0;
        await using var desk = new TicketDesk(around: storage => new WaitingStorage(storage)
        {
            BeforeAppend = append => throw new WrongExpectedVersionException(One, append.Streams[0].Expected, 9),
        });
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => desk.Tickets.Execute(
            One,
            _ =>
            {
                decided++;
                return Decision.From(new TicketEvent.Commented("x"));
            },
            new ExecuteOptions { MaxAttempts = attempts }).AsTask());
        Assert.Equal(attempts, decided);
    }

    [Fact]
    public async Task Misuse_is_an_error_at_the_call()
    {
        await using var desk = new TicketDesk();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => desk.Tickets.Execute(One, new CloseTicket(""), new ExecuteOptions { MaxAttempts = 0 }).AsTask());
        await Assert.ThrowsAsync<CommandNotHandledException>(() => desk.Tickets.Execute(One, new ForgetTicket()).AsTask());
        await Assert.ThrowsAsync<EventModelException>(() => desk.Tickets.Append(One, ExpectedVersion.Any, [new InvoiceEvent.Sent(1)]).AsTask());
        await Assert.ThrowsAsync<EventModelException>(() => desk.Tickets.Execute(One, _ => Decision.From(new InvoiceEvent.Sent(1))).AsTask());
        Assert.Equal(0, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task A_mutable_state_is_fresh_for_every_load()
    {
        await using var desk = new TicketDesk();
        var tallies = desk.Services.GetRequiredService<IAggregateRepository<TicketTally>>();
        var result = await tallies.Execute(One, _ => Decision.From(new TicketEvent.Commented("a")));
        Assert.Equal(1, result.Aggregate.State.Events);
        Assert.Equal(1, (await tallies.Load(One)).State.Events);
        Assert.Equal(1, (await tallies.Load(One)).State.Events);
        Assert.Equal(0, (await tallies.LoadAtVersion(One, 0)).State.Events);
    }
}
