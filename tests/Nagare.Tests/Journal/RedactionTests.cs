using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class RedactionTests
{
    [Fact]
    public async Task What_a_redactor_hides_is_never_stored_and_never_in_the_result_of_a_command()
    {
        await using var desk = new TicketDesk(nagare => nagare.AddRedactor(new Hide("secret", "***")).AddRedactor(_ => new Hide("*", "#")));
        using var scope = EventScope.Begin(new() { Actor = "secret agent" });
        var result = await desk.Tickets.Execute(Ticket.Stream("1"), new CommentTicket("my secret"));

        Assert.Equal(["my ###"], result.Aggregate.State.Comments);
        var row = Assert.Single(await desk.Rows());
        Assert.Equal("""{"text":"my ###"}""", System.Text.Encoding.UTF8.GetString(row.Data.Span));
        Assert.Equal("### agent", row.Actor);
    }

    [Fact]
    public async Task A_redactor_that_changes_the_type_of_an_event_is_refused()
    {
        await using var desk = new TicketDesk(nagare => nagare.AddRedactor(new Replace()));
        var refused = await Assert.ThrowsAsync<EventModelException>(() => desk.AppendOne(new TicketEvent.Commented("hello")));
        Assert.Contains("ticket/commented", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Journal.Head()).Value);
    }

    private sealed class Hide(string what, string with) : IEventRedactor
    {
        public Redaction Redact(StreamId stream, object e, EventMetadata metadata) => new(
            e is TicketEvent.Commented commented ? new TicketEvent.Commented(commented.Text.Replace(what, with, StringComparison.Ordinal)) : e,
            metadata with { Actor = metadata.Actor?.Replace(what, with, StringComparison.Ordinal) });
    }

    private sealed class Replace : IEventRedactor
    {
        public Redaction Redact(StreamId stream, object e, EventMetadata metadata) => new(new TicketEvent.Closed("redacted"), metadata);
    }
}
