using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class AppendTests
{
    private static readonly TicketEvent Comment = new TicketEvent.Commented("hello");
    private static readonly StreamId One = Ticket.Stream("1");
    private static readonly StreamId Two = Ticket.Stream("2");

    [Fact]
    public async Task Versions_and_positions_are_dense_and_event_ids_count_on_from_the_append_id()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Two, Comment);
        var result = await desk.Append(One, Comment, Comment, Comment);

        var stored = await desk.Read(JournalScope.Of(One));
        Assert.Equal([2L, 3, 4], stored.Select(e => e.Position.Value));
        Assert.Equal([1L, 2, 3], stored.Select(e => e.Version.Value));
        Assert.Equal(Enumerable.Range(0, 3).Select(result.EventId), stored.Select(e => e.EventId));
        Assert.Equal((2L, 4L, 3L), (result.FirstPosition.Value, result.LastPosition.Value, result.Version.Value));
        Assert.Equal('7', result.AppendId.ToString()[14]);
        Assert.Equal(4, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task A_result_says_what_was_stored_of_one_stream_and_of_several()
    {
        await using var desk = new TicketDesk();
        var result = await desk.Journal.Append(Request(null, (One, [Comment, Comment]), (Two, [Comment])));

        Assert.Equal($"{result.AppendId}: 3 events at positions 1 to 3, {One} v2, {Two} v1", result.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void Every_version_can_be_expected(long version)
    {
        var expected = ExpectedVersion.At(new StreamVersion(version));

        Assert.True(expected.IsStated);
        Assert.True(expected.IsMetBy(new StreamVersion(version)));
        Assert.False(expected.IsMetBy(new StreamVersion(version == 0 ? 1 : version - 1)));
        Assert.Equal(new StreamVersion(version).ToString(), expected.ToString());
    }

    [Fact]
    public async Task Stored_bytes_are_plain_utf8_json_whatever_the_text()
    {
        await using var desk = new TicketDesk();
        var stored = await desk.AppendOne(new TicketEvent.Commented("流れ <b>\0\"\\ é 🙂"));
        Assert.Equal("""{"text":"流れ <b>\u0000\"\\ é 🙂"}"""u8.ToArray().Length, stored.Data.Length - Escapes(stored));
        Assert.Equal("流れ <b>\0\"\\ é 🙂", ((TicketEvent.Commented)stored.Event).Text);

        // An astral character may be written as itself or as an escaped pair; both are eight bytes longer at most.
        static int Escapes(Envelope e) => e.Data.Span.IndexOf("\\uD83D\\uDE42"u8) >= 0 ? 8 : 0;
    }

    [Fact]
    public async Task A_lost_response_is_answered_from_the_first_append()
    {
        await using var desk = new TicketDesk();
        var request = Request(Guid.CreateVersion7(), (One, [Comment, Comment]), (Two, [Comment]));
        var first = await desk.Journal.Append(request);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.Append(One, Comment);

        var again = await desk.Journal.Append(request);
        Assert.False(first.WasStoredBefore);
        Assert.True(again.WasStoredBefore);
        Assert.Equal(first with { WasStoredBefore = true, Streams = again.Streams }, again);
        Assert.Equal(first.Streams, again.Streams);
        Assert.Equal(4, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task The_same_append_id_with_other_events_is_refused()
    {
        await using var desk = new TicketDesk();
        var id = Guid.CreateVersion7();
        await desk.Journal.Append(Request(id, (One, [Comment])));
        var reused = await Assert.ThrowsAsync<AppendIdReusedException>(() => desk.Journal.Append(Request(id, (One, [new TicketEvent.Commented("other")]))).AsTask());
        Assert.Equal(id, reused.AppendId);
        Assert.Equal(1, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task What_became_of_an_append_can_be_asked_by_its_id()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Two, Comment);
        var id = Guid.CreateVersion7();
        Assert.Null(await desk.Journal.FindAppend(id));
        var stored = await desk.Journal.Append(Request(id, (One, [.. Enumerable.Repeat(Comment, 2_500)]), (Two, [Comment])));
        await desk.Append(One, Comment);

        var found = await desk.Journal.FindAppend(id);
        Assert.Equal(stored with { Streams = found!.Streams }, found);
        Assert.Equal(stored.Streams, found.Streams);
        Assert.Null(await desk.Journal.FindAppend(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task An_append_of_nothing_changes_nothing_but_still_checks_what_it_expects()
    {
        await using var desk = new TicketDesk();
        var alone = await desk.Append(One);
        Assert.Equal((0, 0L, 0L, 0L), (alone.EventCount, alone.FirstPosition.Value, alone.LastPosition.Value, alone.Version.Value));
        await desk.Append(One, Comment);

        var beside = await desk.Journal.Append(Request(null, (One, []), (Two, [Comment])));
        Assert.Equal([(One, 1L), (Two, 1L)], beside.Streams.Select(s => (s.StreamId, s.Version.Value)));
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => desk.Journal.Append(One, ExpectedVersion.NoStream, []).AsTask());
        Assert.Equal(2, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task A_conflict_names_stream_expected_and_actual_and_stores_nothing_in_any_stream()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Two, Comment);
        var conflict = await Assert.ThrowsAsync<WrongExpectedVersionException>(() => desk.Journal.Append(new AppendRequest
        {
            Streams = [new(One, ExpectedVersion.NoStream, [new(Comment)]), new(Two, ExpectedVersion.At(7), [new(Comment)])],
        }).AsTask());
        Assert.Equal((Two, ExpectedVersion.At(7), (StreamVersion)1), (conflict.StreamId, conflict.Expected, conflict.Actual));
        Assert.Equal(1, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task Recorded_time_never_runs_backwards_and_comes_from_the_clock()
    {
        await using var desk = new TicketDesk();
        var first = await desk.Append(One, Comment);
        desk.Clock.AdjustTime(TicketDesk.Start.AddHours(-1));
        var second = await desk.Append(One, Comment);
        Assert.Equal(TicketDesk.Start, first.RecordedAt);
        Assert.Equal(TicketDesk.Start, second.RecordedAt);
    }

    [Fact]
    public async Task An_event_that_no_model_knows_is_refused()
    {
        await using var desk = new TicketDesk();
        var unknown = await Assert.ThrowsAsync<EventModelException>(() => desk.Append(One, new Stranger("?")).AsTask());
        Assert.Contains("Stranger", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_keeps_the_family_of_its_first_append()
    {
        await using var desk = new TicketDesk();
        await Assert.ThrowsAsync<EventModelException>(() => desk.Append(One, Comment, new InvoiceEvent.Sent(1)).AsTask());
        await desk.Append(One, Comment);
        await Assert.ThrowsAsync<EventModelException>(() => desk.Append(One, new InvoiceEvent.Sent(1)).AsTask());
        Assert.Equal(1, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task Forgotten_arguments_are_errors_at_the_call()
    {
        await using var desk = new TicketDesk();
        await Assert.ThrowsAsync<ArgumentException>(() => desk.Journal.Append(One, default, [Comment]).AsTask());
        await Assert.ThrowsAsync<InvalidStreamIdException>(() => desk.Journal.Append(default, ExpectedVersion.Any, [Comment]).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => desk.Journal.Append(One, ExpectedVersion.Any, [null!]).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => desk.Journal.Append(One, ExpectedVersion.Any, null!).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => desk.Journal.Append(Request(null, (One, [Comment]), (One, [Comment]))).AsTask());
        await Assert.ThrowsAsync<InvalidIdException>(() => desk.Journal.Append(Request(Guid.Empty, (One, [Comment]))).AsTask());
        await Assert.ThrowsAsync<InvalidIdException>(() => desk.Journal.Append(Request(Guid.AllBitsSet, (One, [Comment]))).AsTask());
        Assert.Throws<ArgumentNullException>(() => { _ = desk.Journal.Read(null!); });
    }

    [Fact]
    public async Task A_cancelled_call_stores_nothing()
    {
        await using var desk = new TicketDesk();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Journal.Append(One, ExpectedVersion.Any, [Comment], cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in desk.Journal.Read(JournalScope.Everything, cancelled.Token))
            {
            }
        });
        Assert.Equal(0, (await desk.Journal.Head()).Value);
    }

    private static AppendRequest Request(Guid? id, params (StreamId Stream, TicketEvent[] Events)[] streams) => new()
    {
        AppendId = id,
        Streams = [.. streams.Select(s => new StreamAppend(s.Stream, ExpectedVersion.Any, [.. s.Events.Select(e => new NewEvent(e))]))],
    };
}
