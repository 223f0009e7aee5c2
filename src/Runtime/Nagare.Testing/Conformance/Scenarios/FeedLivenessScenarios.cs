using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>B 16–19, 22: whatever stands idle, is taken back, restarts, or has another clock, the feed goes on, and in the order of commits.</summary>
internal static class FeedLivenessScenarios
{
    private const string Live = "a feed waits for nobody but a writer";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Feed, "B16", "An empty journal stalls no reader: it sees the first event as soon as there is one", EmptyJournal),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B16", "Transactions that stand idle stall neither writers nor readers", IdleTransactions, JournalCapabilities.StandsIdle | JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B16", "A transaction that took a writer's place and was taken back leaves no gap and stalls no reader", TakenBack, JournalCapabilities.HoldsTransactionOpen),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B17", "A reader that restarts while a writer holds its transaction open misses nothing and sees nothing twice", RestartedReader, JournalCapabilities.HoldsTransactionOpen | JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B18", "Writers that take turns at one stream leave it in the order of its versions, whose transaction ever began first", StreamOrder, JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B19", "Positions go on without a gap after a restart, also where the last append before it was refused", PositionsAfterARestart, JournalCapabilities.Restart),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B22", "Whatever the callers' clocks say, the order is that of the commits, and no event is passed over for its age", NoClockDecides),
    ];

    private static async Task EmptyJournal(JournalUnderTest journal)
    {
        using var feed = new FeedReader(journal.Storage, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        Promise.Equal(0, (await journal.Storage.All(journal.Cancellation).ConfigureAwait(false)).Count, "an empty journal gives nothing", "events");
        Promise.Equal(default, await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false), "an empty journal has no head", "the head");
        var outcome = await journal.Try(Appends.To(StreamOf(0), NoStream), journal.Cancellation).ConfigureAwait(false);
        feed.End();
        await reading.ConfigureAwait(false);
        Promise.Same([1L], [.. feed.Seen.Select(e => e.Position)], Live, "positions seen");
        feed.Check([outcome], await journal.Sound().ConfigureAwait(false));
    }

    private static async Task IdleTransactions(JournalUnderTest journal)
    {
        // One from before the first event, one from in between: what either has seen is older than what comes.
        var before = await journal.Place.StandIdle(journal.Cancellation).ConfigureAwait(false);
        await using (before.ConfigureAwait(false))
        {
            await journal.Append(Appends.To(StreamOf(0), Any, 3)).ConfigureAwait(false);
            var between = await journal.Place.StandIdle(journal.Cancellation).ConfigureAwait(false);
            await using (between.ConfigureAwait(false))
            {
                var reader = await journal.Beside().ConfigureAwait(false);
                for (var round = 1; round <= journal.Settings.Rounds; round++)
                {
                    var result = await journal.Append(Appends.To(StreamOf(round), Any, 2)).ConfigureAwait(false);
                    var newest = await reader.Page(From(result.FirstPosition.Value - 1), journal.Cancellation).ConfigureAwait(false);
                    Promise.Same([result.FirstPosition.Value, result.LastPosition.Value], [.. newest.Select(row => row.Position)], Live, "positions seen right after the append");
                    Promise.Equal(3 + (2L * round), (await reader.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position, Live, "the head");
                }
            }
        }

        await journal.Sound().ConfigureAwait(false);
    }

    private static async Task TakenBack(JournalUnderTest journal)
    {
        using var feed = new FeedReader(journal.Storage, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        var outcomes = new List<Outcome>();
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var held = await journal.Place.HoldTransactionOpen(journal.Cancellation).ConfigureAwait(false);
            await held.DisposeAsync().ConfigureAwait(false);
            var refused = await journal.Try(Appends.To(StreamOf(round), At(1_000_000)), journal.Cancellation).ConfigureAwait(false);
            Promise.That(refused.Error is WrongExpectedVersionException, "an append that conflicts is refused", $"{refused.Error?.GetType().Name ?? "it was stored"}");
            outcomes.Add(await journal.Try(Appends.To(StreamOf(round), Any), journal.Cancellation).ConfigureAwait(false));
            Promise.Equal(new Position(round + 1), outcomes[^1].Result?.FirstPosition, "what was taken back or refused burns no position", $"the position after {round + 1} of each");
            feed.Wake();
        }

        feed.End();
        await reading.ConfigureAwait(false);
        feed.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task RestartedReader(JournalUnderTest journal)
    {
        const string Promised = "a reader that goes on from the last position it saw sees every event once, in commit order";
        await journal.Append(Appends.To(StreamOf(0), Any, 3)).ConfigureAwait(false);
        var seen = new List<long>();
        var outcomes = new List<Outcome>();
        for (var round = 1; round <= journal.Settings.Rounds; round++)
        {
            Task<Outcome>[] appends;
            var held = await journal.Place.HoldTransactionOpen(journal.Cancellation).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                var stream = StreamOf(round);
                appends = [.. Enumerable.Range(0, 4).Select(_ => journal.Try(Appends.To(stream, Any, 2), journal.Cancellation))];
                await GoOn(limit: round).ConfigureAwait(false);
            }

            // The next reader is opened while the appends that had to wait are being stored.
            await GoOn(limit: 1).ConfigureAwait(false);
            outcomes.AddRange(await Task.WhenAll(appends).ConfigureAwait(false));
            await GoOn(limit: 3).ConfigureAwait(false);
        }

        var rows = await journal.Sound().ConfigureAwait(false);
        Promise.Same([.. rows.Select(row => row.Position)], seen, Promised, "positions seen");
        History.Check(outcomes, rows);

        // A new reader each time, which knows nothing but where the last one stood.
        async Task GoOn(int limit)
        {
            var reader = await journal.Beside().ConfigureAwait(false);
            while (await reader.Page(From(seen is [.., var last] ? last : 0) with { Limit = limit }, journal.Cancellation).ConfigureAwait(false) is [_, ..] page)
            {
                seen.AddRange(page.Select(row => row.Position));
            }
        }
    }

    private static async Task StreamOrder(JournalUnderTest journal)
    {
        var second = await journal.Beside().ConfigureAwait(false);
        var reader = await journal.Beside().ConfigureAwait(false);
        using var feed = new FeedReader(reader, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        var outcomes = new List<Outcome>();
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var stream = StreamOf(0);
            outcomes.AddRange(await Task.WhenAll(Enumerable.Range(0, journal.Settings.Writers).Select(i =>
                journal.TryOn(i % 2 == 0 ? journal.Storage : second, Appends.To(i % 4 == 3 ? StreamOf(1) : stream, Any, 1 + (i % 2)), journal.Cancellation))).ConfigureAwait(false));
            feed.Wake();
        }

        feed.End();
        await reading.ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        feed.Check(outcomes, rows);
        History.Check(outcomes, rows);
    }

    private static async Task PositionsAfterARestart(JournalUnderTest journal)
    {
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var result = await journal.Append(Appends.To(StreamOf(round % 3), Any)).ConfigureAwait(false);
            Promise.Equal(new Position(round + 1), result.FirstPosition, "positions go on where they stood", $"the position after {round} restarts");
            await journal.Try(Appends.To(StreamOf(round % 3), NoStream, 5), journal.Cancellation).ConfigureAwait(false);
            await journal.Restart().ConfigureAwait(false);
            Promise.Equal(round + 1L, (await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position, "a restart moves no head", "the head");
        }

        await journal.Sound().ConfigureAwait(false);
    }

    private static async Task NoClockDecides(JournalUnderTest journal)
    {
        const long Year = 365L * 24 * 60 * 60 * 1_000_000;
        const long Start = 1_700_000_000_000_000;
        long[] clocks = [Start, Start + Year, Start - Year, 0, Start + (50 * Year), 1, Start];
        using var feed = new FeedReader(journal.Storage, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        var outcomes = new List<Outcome>();
        for (var i = 0; i < clocks.Length; i++)
        {
            outcomes.Add(await journal.Try(Appends.To(StreamOf(i % 2), Any, 2, now: clocks[i]), journal.Cancellation).ConfigureAwait(false));
            Promise.Equal(new Position((2 * i) + 1), outcomes[^1].Result?.FirstPosition, "positions follow the commits, whatever the time is", $"an append whose caller's clock says {clocks[i]}");
            feed.Wake();
        }

        feed.End();
        await reading.ConfigureAwait(false);
        feed.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static StoredQuery From(long position) => new() { Path = StoredPath.Journal, After = position, Until = long.MaxValue, Limit = 100 };

    private static StreamId StreamOf(int i) => new(Appends.Family, $"live-{i}");
}
