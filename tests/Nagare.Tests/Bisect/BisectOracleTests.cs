using CsCheck;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Bisect;

/// <summary>The search against the plainest reading of its contract: at each event, fold everything again from the beginning.</summary>
public class BisectOracleTests
{
    private sealed record Step(int Stream, int Usd, int LatencyMs, int Correlation, int OccurredAt);

    private static readonly Gen<Step[]> Steps =
        (from stream in Gen.Int[0, 3]
         from usd in Gen.Int[-4, 5]
         from latency in Gen.Int[0, 1_200]
         from correlation in Gen.Int[0, 1]
         from occurred in Gen.Int[0, 50]
         select new Step(stream, usd, latency, correlation, occurred)).Array[0, 40];

    private static readonly Gen<JournalScope> Scopes = Gen.OneOf(
        Gen.Const(JournalScope.Everything),
        Gen.Int[0, 3].Select(stream => JournalScope.Of(StreamOf(stream))),
        Gen.Int[0, 1].Select(correlation => JournalScope.Correlated($"c-{correlation}")),
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).Select(range => new JournalScope { After = range.Item1, Until = range.Item2 }),
        Gen.Int[0, 40].Select(from => JournalScope.Since(RecordedJournal.Start.AddSeconds(from))),
        Gen.Int[0, 50].Select(from => new JournalScope { From = RecordedJournal.Start.AddSeconds(from), Time = TimeBasis.Occurred }));

    // The rules break, recover and break again, and the last one looks at another stream than the one that is read.
    private static readonly (InvariantRule Rule, Func<RecordedJournal, Envelope, bool> Holds)[] Rules =
    [
        (BisectFixture.CostAtMost(6), (journal, at) => at.Event is not ErrandEvent || Fold(journal, at.StreamId, at) <= 6),
        (BisectFixture.QuickTools(), (_, at) => at.Event is not ErrandEvent.ToolFailed { LatencyMs: > 1_000 }),
        (BisectFixture.Rule(async ctx =>
        {
            var purse = await ctx.Load<Purse>(StreamOf(3));
            return InvariantResult.Check(ctx.Latest.Event is not ErrandEvent || (await ctx.Load<Errand>(ctx.StreamId)).Usd <= purse.Usd + 3, "more than the purse holds");
        }), (journal, at) => at.Event is not ErrandEvent || Fold(journal, at.StreamId, at) <= Fold(journal, StreamOf(3), at) + 3),
    ];

    [Fact]
    public Task The_first_break_and_the_last_good_event_are_what_a_naive_search_finds() =>
        Gen.Select(Steps, Scopes).SampleAsync(async (steps, scope) =>
        {
            var fixture = Record(steps);
            var results = await fixture.Bisect.FindEach([.. Rules.Select(rule => rule.Rule)], scope);
            for (var i = 0; i < Rules.Length; i++)
            {
                var expected = (await NaiveBreaks(fixture.Journal, scope, i)).FirstOrDefault();
                Assert.Equal(expected.Break, results[i].First?.Event);
                Assert.Equal(expected.Before, results[i].LastGood);
                Assert.Equal(expected.Break, (await fixture.Bisect.Find(Rules[i].Rule, scope)).First?.Event);
            }
        }, iter: 2_000);

    [Fact]
    public Task The_first_break_in_each_stream_is_what_a_naive_search_finds() =>
        Gen.Select(Steps, Scopes).SampleAsync(async (steps, scope) =>
        {
            var fixture = Record(steps);
            var expected = new List<(string Rule, Envelope Break, Envelope? Before)>();
            for (var i = 0; i < Rules.Length; i++)
            {
                expected.AddRange((await NaiveBreaks(fixture.Journal, scope, i)).DistinctBy(found => found.Break!.StreamId).Select(found => (Rules[i].Rule.Resolve(Services.None).Name, found.Break!, found.Before)));
            }

            var order = fixture.Journal.Read(scope).ToBlockingEnumerable().Select((e, place) => (e.EventId, place)).ToDictionary(e => e.EventId, e => e.place);
            var found = await fixture.Bisect.FindInEachStream([.. Rules.Select(rule => rule.Rule)], scope).Select(violation => (violation.Rule.Name, violation.Event, violation.LastGood)).ToListAsync();

            Assert.Equal(expected.OrderBy(e => order[e.Break.EventId]), found);
        }, iter: 2_000);

    private static BisectFixture Record(Step[] steps)
    {
        var fixture = new BisectFixture();
        foreach (var step in steps)
        {
            object e = step.Stream == 3 ? new PurseEvent.Filled(step.Usd) : step.LatencyMs > 900 ? new ErrandEvent.ToolFailed("search", step.LatencyMs) : new ErrandEvent.Spent(step.Usd);
            fixture.Journal.Add(StreamOf(step.Stream), e, new EventMetadata { CorrelationId = $"c-{step.Correlation}", OccurredAt = RecordedJournal.Start.AddSeconds(step.OccurredAt) });
        }

        return fixture;
    }

    private static StreamId StreamOf(int stream) => stream == 3 ? Purse.Stream("p") : Errand.Stream($"e-{stream}");

    private static async Task<List<(Envelope? Break, Envelope? Before)>> NaiveBreaks(RecordedJournal journal, JournalScope scope, int rule)
    {
        var breaks = new List<(Envelope?, Envelope?)>();
        var before = new Dictionary<StreamId, Envelope>();
        await foreach (var e in journal.Read(scope))
        {
            if (!Rules[rule].Holds(journal, e))
            {
                breaks.Add((e, before.GetValueOrDefault(e.StreamId)));
            }

            before[e.StreamId] = e;
        }

        return breaks;
    }

    private static decimal Fold(RecordedJournal journal, StreamId stream, Envelope at) => journal.Events
        .Where(e => e.StreamId == stream && e.Position <= at.Position)
        .Sum(e => e.Event switch { ErrandEvent.Spent spent => spent.Usd, PurseEvent.Filled filled => filled.Usd, _ => 0 });
}
