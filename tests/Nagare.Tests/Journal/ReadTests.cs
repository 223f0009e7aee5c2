using Nagare.Storage;
using Nagare.Testing;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class ReadTests
{
    private static readonly DateTimeOffset Occurred = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One event a minute, 2,400 of them, over four streams, three correlations, two subjects; every third occurred on a day of its own, latest first.</summary>
    private static async Task<TicketDesk> Desk()
    {
        var desk = new TicketDesk();
        for (var i = 0; i < 2_400; i++)
        {
            var stream = i % 4 == 3 ? new StreamId("invoice", "1") : Ticket.Stream($"{i % 4}");
            object e = i % 4 == 3 ? new InvoiceEvent.Sent(i) : new TicketEvent.Commented($"{i}");
            await desk.Journal.Append(stream, ExpectedVersion.Any, [e], new EventMetadata
            {
                CorrelationId = $"c{i % 3}",
                Subject = $"s{i % 2}",
                OccurredAt = i % 3 == 0 ? Occurred.AddDays(-i) : null,
            });
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return desk;
    }

    [Fact]
    public async Task Every_scope_gives_what_it_says_and_in_both_directions_the_same()
    {
        await using var desk = await Desk();
        var all = await desk.Read();
        Assert.Equal(2_400, all.Count);
        foreach (var (scope, isMeant) in Scopes())
        {
            var expected = all.Where(isMeant).ToList();
            var isByOccurred = scope.Time == TimeBasis.Occurred && (scope.From ?? scope.To) is not null;
            var ordered = isByOccurred ? [.. expected.OrderBy(e => e.OccurredAt).ThenBy(e => e.Position)] : expected;
            Assert.Equal(ordered.Select(e => e.Position), (await desk.Read(scope)).Select(e => e.Position));
            ordered.Reverse();
            Assert.Equal(ordered.Select(e => e.Position), (await desk.Read(scope, ReadDirection.Backwards)).Select(e => e.Position));
        }
    }

    private static IEnumerable<(JournalScope Scope, Func<Envelope, bool> IsMeant)> Scopes()
    {
        var (from, to) = (TicketDesk.Start.AddMinutes(100.5), TicketDesk.Start.AddMinutes(2_000));
        var stream = Ticket.Stream("1");
        yield return (new() { Stream = stream }, e => e.StreamId == stream);
        yield return (new() { Stream = stream, CorrelationId = "c1", Subject = "s1" }, e => e.StreamId == stream && e.Metadata is { CorrelationId: "c1", Subject: "s1" });
        yield return (new() { Stream = stream, After = 500, Until = 1_500 }, e => e.StreamId == stream && e.Position.Value is > 500 and <= 1_500);
        yield return (new() { Stream = stream, From = from, To = to }, e => e.StreamId == stream && e.RecordedAt >= from && e.RecordedAt < to);
        yield return (new() { Stream = Ticket.Stream("nobody") }, _ => false);
        yield return (new() { Category = "invoice" }, e => e.StreamId.Category == "invoice");
        yield return (new() { Category = "inv" }, _ => false);
        yield return (new() { CorrelationId = "c1" }, e => e.Metadata.CorrelationId == "c1");
        yield return (new() { CorrelationId = "c1", Category = "ticket", Subject = "s0" }, e => e.StreamId.Category == "ticket" && e.Metadata is { CorrelationId: "c1", Subject: "s0" });
        yield return (new() { Subject = "s1", From = from, To = to }, e => e.Metadata.Subject == "s1" && e.RecordedAt >= from && e.RecordedAt < to);
        yield return (new() { From = from }, e => e.RecordedAt >= from);
        yield return (new() { To = to }, e => e.RecordedAt < to);
        yield return (new() { To = TicketDesk.Start }, _ => false);
        yield return (new() { From = TicketDesk.Start.AddYears(1) }, _ => false);
        yield return (new() { From = TicketDesk.Start.AddTicks(1) }, e => e.Position.Value > 1);
        yield return (new() { To = TicketDesk.Start.AddTicks(1) }, e => e.Position.Value == 1);
        yield return (new() { After = 2_399 }, e => e.Position.Value == 2_400);
        yield return (new() { Until = 1 }, e => e.Position.Value == 1);
        yield return (new() { Time = TimeBasis.Occurred }, _ => true);
        yield return (new() { Time = TimeBasis.Occurred, From = Occurred.AddDays(-900), To = Occurred.AddDays(-9) }, e => e.OccurredAt >= Occurred.AddDays(-900) && e.OccurredAt < Occurred.AddDays(-9));
        yield return (new() { Time = TimeBasis.Occurred, From = Occurred.AddDays(-900), Stream = stream, Subject = "s1", After = 30 },
            e => e.OccurredAt >= Occurred.AddDays(-900) && e.StreamId == stream && e.Metadata.Subject == "s1" && e.Position.Value > 30);
        yield return (new() { Time = TimeBasis.Occurred, To = Occurred.AddTicks(1) }, e => e.OccurredAt is not null);
    }

    [Fact]
    public async Task A_recorded_time_range_is_found_by_binary_search_and_not_by_reading_all()
    {
        WaitingStorage? watched = null;
        await using var full = await Desk();
        await using var desk = new TicketDesk(around: _ => watched = new WaitingStorage(full.Raw));
        var read = await desk.Read(new() { From = TicketDesk.Start.AddMinutes(2_300), To = TicketDesk.Start.AddMinutes(2_310) });
        Assert.Equal(10, read.Count);
        Assert.InRange(watched!.Queries.Count, 3, 30);
        Assert.Single(watched.Queries, query => query.Limit > 1);
    }

    [Theory]
    [InlineData(StoredPath.Stream)]
    [InlineData(StoredPath.Correlation)]
    [InlineData(StoredPath.Subject)]
    [InlineData(StoredPath.Journal)]
    public async Task The_most_selective_path_is_read_and_no_other(StoredPath path)
    {
        WaitingStorage? watched = null;
        await using var desk = new TicketDesk(around: storage => watched = new WaitingStorage(storage));
        await desk.AppendOne(new TicketEvent.Commented("x"));
        watched!.Queries.Clear();
        await desk.Read(new()
        {
            Stream = path == StoredPath.Stream ? Ticket.Stream("one") : null,
            CorrelationId = path <= StoredPath.Correlation && path != StoredPath.Journal ? "c" : null,
            Subject = path == StoredPath.Journal ? null : "s",
            Category = "ticket",
        });
        Assert.Equal(path, Assert.Single(watched.Queries).Path);
    }

    [Fact]
    public async Task Large_payloads_are_read_a_few_at_a_time()
    {
        WaitingStorage? watched = null;
        await using var desk = new TicketDesk(around: storage => watched = new WaitingStorage(storage));
        var megabyte = new TicketEvent.Commented(new string('x', 1024 * 1024));
        await desk.Append(Ticket.Stream("1"), megabyte, megabyte, megabyte, megabyte, megabyte, megabyte, megabyte, megabyte, megabyte);
        watched!.Queries.Clear();
        Assert.Equal(Enumerable.Range(1, 9), (await desk.Read()).Select(e => (int)e.Position.Value));
        Assert.Equal(3, watched.Queries.Count);
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_named_after_everything_before_it_was_given()
    {
        await using var full = new TicketDesk();
        await full.Append(Ticket.Stream("1"), new TicketEvent.Commented("a"), new TicketEvent.Closed("b"), new TicketEvent.Commented("c"));
        await using var journal = await Journal.Open(TicketModel.BuildWithout("closed"), full.Raw);

        var read = new List<long>();
        var unknown = await Assert.ThrowsAsync<UnknownEventException>(async () =>
        {
            await foreach (var e in journal.Read(JournalScope.Everything))
            {
                read.Add(e.Position.Value);
            }
        });
        Assert.Equal([1L], read);
        Assert.Equal(("ticket", "closed", 1, (Position)2), (unknown.Family, unknown.TypeName, unknown.SchemaVersion, unknown.Position));
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_left_out_where_that_is_the_policy()
    {
        var kept = new InMemoryJournal();
        await using (var writer = await Journal.Open(TicketModel.Build(), new InMemoryStorage(kept)))
        {
            await writer.Append(Ticket.Stream("1"), ExpectedVersion.Any, [new TicketEvent.Commented("a"), new TicketEvent.Closed("b"), new TicketEvent.Commented("c")]);
        }

        await using var journal = await Journal.Open(TicketModel.BuildWithout("closed"), new InMemoryStorage(kept), new() { UnknownEvents = UnknownEventPolicy.Skip });
        var read = new List<long>();
        await foreach (var e in journal.Read(JournalScope.Everything))
        {
            read.Add(e.Position.Value);
        }

        Assert.Equal([1L, 3], read);
        Assert.Null(await journal.Find((await journal.FindAppend(await FirstId(journal)))!.EventId(1)));

        static async Task<Guid> FirstId(Journal journal)
        {
            await foreach (var e in journal.Read(JournalScope.Everything))
            {
                return e.EventId;
            }

            return Guid.Empty;
        }
    }

    [Fact]
    public async Task A_category_that_cannot_be_one_is_refused()
    {
        await using var desk = new TicketDesk();
        Assert.Throws<InvalidStreamIdException>(() => { _ = desk.Journal.Read(new() { Category = "a/b" }); });
        Assert.Throws<InvalidStreamIdException>(() => { _ = desk.Journal.Read(new() { Category = "" }); });
    }
}
