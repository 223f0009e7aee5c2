using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

/// <summary>Spans say what docs/telemetry.md says they say, and what is stored does not depend on who listens.</summary>
public partial class SpanTests
{
    private static readonly TicketEvent Comment = new TicketEvent.Commented("secret words");

    [Fact]
    public async Task What_is_stored_names_the_callers_activity_whether_somebody_listens_or_not()
    {
        foreach (var listens in new[] { false, true })
        {
            using var spans = listens ? new Heard() : null;
            await using var desk = new TicketDesk();
            using (var caller = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
            {
                var stored = (await desk.AppendOne(Comment)).Metadata;
                Assert.Equal((caller.Id, caller.TraceId.ToHexString()), (stored.TraceParent, stored.CorrelationId));
                if (spans is not null)
                {
                    Assert.Contains(spans.Of(caller), span => span.DisplayName == "append ticket" && span.ParentSpanId == caller.SpanId);
                }
            }

            // Without a caller's activity a span of ours is the only one, and is not what is stored.
            Assert.Null(Activity.Current);
            var result = await desk.Append(Ticket.Stream("two"), Comment);
            var alone = (await desk.Journal.Find(result.AppendId))!.Metadata;
            Assert.Null(alone.TraceParent);
            Assert.Equal(result.AppendId.ToString(), alone.CorrelationId);
        }
    }

    [Fact]
    public async Task Each_span_has_the_attributes_of_the_page_and_nothing_of_the_events()
    {
        using var spans = new Heard();
        await using var desk = new TicketDesk(around: static storage => new WaitingStorage(storage));
        using var caller = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var opened = await desk.Append(Ticket.Stream("jane"), new TicketEvent.Opened("secret words", "jane"), Comment);
        await desk.Tickets.Load(Ticket.Stream("jane"));
        var bisect = desk.Services.GetService(typeof(IBisect)) as IBisect;
        await bisect!.Timeline(Ticket.Stream("jane"));
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => desk.Journal.Append(Ticket.Stream("jane"), ExpectedVersion.At(7), [Comment]).AsTask());

        await desk.Journal.Append(Request("jane") with { Participate = static (_, _, _) => default });
        await desk.Journal.AppendIn(new NoTransaction(), Request("jane"));
        await desk.Journal.AppendIn(new NoTransaction(), Ticket.Stream("jane"), ExpectedVersion.Any, [Comment]);

        var heard = spans.Of(caller);
        Assert.Equal(["participant", "caller", "caller"], heard.Select(span => span.GetTagItem("nagare.append.shared_by")).OfType<string>());
        Assert.Equal([3L, 4L, 5L], heard.Where(span => span.GetTagItem("nagare.append.shared_by") is not null).Select(span => span.GetTagItem("nagare.append.last_position")));
        Assert.Equal(["append ticket", "append ticket", "append ticket", "append ticket", "append ticket", "load ticket", "search"], heard.Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        var append = heard.First(span => span.DisplayName == "append ticket" && span.Status != ActivityStatusCode.Error);
        Assert.Equal(ActivityKind.Client, append.Kind);
        Assert.Equal(opened.AppendId.ToString(), append.GetTagItem("nagare.append.id"));
        Assert.Equal((2, 1, 2L, false), (append.GetTagItem("nagare.append.events"), append.GetTagItem("nagare.append.streams"), append.GetTagItem("nagare.append.last_position"), append.GetTagItem("nagare.append.stored_before")));
        Assert.Equal(2L, heard.Single(span => span.DisplayName == "load ticket").GetTagItem("nagare.load.version"));
        var failed = heard.Single(span => span.Status == ActivityStatusCode.Error);
        Assert.Equal(typeof(WrongExpectedVersionException).FullName, failed.GetTagItem("error.type"));

        var page = Attribute().Matches(await File.ReadAllTextAsync(Checkout.File("docs", "telemetry.md"), TestContext.Current.CancellationToken))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["on"].Value.Split(", "));
        foreach (var span in heard)
        {
            foreach (var (name, value) in span.TagObjects)
            {
                Assert.True(page.TryGetValue(name, out var on), $"docs/telemetry.md does not know the attribute {name}");
                Assert.Contains(span.DisplayName.Split(' ')[0], on);
                Assert.DoesNotContain("secret", $"{value}", StringComparison.Ordinal);
                Assert.DoesNotContain("jane", $"{value}", StringComparison.Ordinal);
            }
        }

        // And it promises none that is never there; events of a search are counted where there is a rule.
        var emitted = heard.SelectMany(span => span.TagObjects.Select(tag => tag.Key)).ToHashSet();
        Assert.Equal(page.Keys.Order(StringComparer.Ordinal), emitted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_append_whose_transaction_somebody_shares_says_how_it_failed()
    {
        using var spans = new Heard();
        await using var desk = new TicketDesk();
        using var caller = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        await Assert.ThrowsAsync<JournalTransactionException>(() => desk.Journal.Append(Request("one") with { Participate = static (_, _, _) => default }).AsTask());
        await Assert.ThrowsAsync<JournalTransactionException>(() => desk.Journal.AppendIn(new NoTransaction(), Request("one")).AsTask());
        Assert.Equal(
            [("participant", typeof(JournalTransactionException).FullName), ("caller", typeof(JournalTransactionException).FullName)],
            spans.Of(caller).Select(span => (span.GetTagItem("nagare.append.shared_by") as string, span.GetTagItem("error.type") as string)));
    }

    [Fact]
    public async Task Where_nobody_listens_an_append_allocates_nothing_for_a_span()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Ticket.Stream("one"), Comment);
        var quiet = await Bytes(desk);
        using (new Heard())
        {
            Assert.True(await Bytes(desk) > quiet, "a span costs nothing even where it is made?");
        }

        // The same again, so that what the listener left behind shows.
        Assert.InRange(await Bytes(desk), 0, quiet + (quiet / 20));
    }

    // The least of several runs: what else happens in the process only adds.
    private static async Task<long> Bytes(TicketDesk desk)
    {
        const int Appends = 200;
        var least = long.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Appends; i++)
            {
                var append = desk.Append(Ticket.Stream("one"), Comment);
                Assert.True(append.IsCompleted);
                await append;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    [GeneratedRegex(@"^\| `(?<name>(db|nagare|error)\.[a-z_.]+)` \| (?<on>(append|load|search)(, (append|load|search))*) \|", RegexOptions.Multiline)]
    private static partial Regex Attribute();

    private static AppendRequest Request(string id) => new() { Streams = [new StreamAppend(Ticket.Stream(id), ExpectedVersion.Any, [new NewEvent(Comment)])] };

    private sealed class NoTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }

    // Spans of every test that runs meanwhile are heard; a trace tells one's own.
    private sealed class Heard : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _stopped = new();
        private readonly ActivityListener _listener;

        public Heard()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == NagareTelemetry.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> Of(Activity caller) => [.. _stopped.Where(span => span.TraceId == caller.TraceId)];

        public void Dispose() => _listener.Dispose();
    }
}
