using System.Collections.Concurrent;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>B 13–15, 20: one order over the whole journal, without gaps, whoever writes and whenever somebody reads.</summary>
internal static class FeedScenarios
{
    private const int SharedStreams = 5;
    private const int LargeAppendEvents = 1_000;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Feed, "B13", "Positions are dense and in commit order with many writers: missed 0, doubled 0, out of order 0", ManyWriters),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B13", "The same holds for a reader of its own and two storages that write", TwoStorages, JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B14", "While a large append is being stored no reader sees a later event first", LargeAmongSmall),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B14", "While a writer holds its transaction open readers go on, and see nothing that comes after it", HeldTransaction, JournalCapabilities.HoldsTransactionOpen),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B15", "A commit between any two reads, or during one, is seen once and in its place", CommitBetweenReads),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B15", "A reader that starts at or beyond the head sees what comes, and only that", StartAtTheHead),
        ConformanceScenario.Of(ConformanceGroup.Feed, "B20", "A restored older backup is noticed by whoever holds a later mark, also once it was written on", RestoredBackup),
    ];

    private static Task ManyWriters(JournalUnderTest journal) =>
        Write(journal, [journal.Storage], journal.Storage, (writer, i) => Appends.To(StreamOf(writer, i), Any, 1 + (i % 3)));

    private static async Task TwoStorages(JournalUnderTest journal)
    {
        var second = await journal.Beside().ConfigureAwait(false);
        var reader = await journal.Beside().ConfigureAwait(false);
        await Write(journal, [journal.Storage, second], reader, (writer, i) => Appends.To(StreamOf(writer, i), Any, 1 + (i % 3))).ConfigureAwait(false);
    }

    private static Task LargeAmongSmall(JournalUnderTest journal) =>
        Write(journal, [journal.Storage], journal.Storage, (writer, i) => Appends.To(StreamOf(writer, i), Any, writer == 0 ? LargeAppendEvents : 1));

    private static async Task HeldTransaction(JournalUnderTest journal)
    {
        await journal.Append(Appends.To(StreamOf(0, 0), Any, 3)).ConfigureAwait(false);
        using var feed = new FeedReader(journal.Storage, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        var held = await journal.Place.HoldTransactionOpen(journal.Cancellation).ConfigureAwait(false);
        Task<Outcome>[] appends;
        await using (held.ConfigureAwait(false))
        {
            appends = [.. Enumerable.Range(0, journal.Settings.Writers).Select(i => journal.Try(Appends.To(StreamOf(i, 1), Any, 2), journal.Cancellation))];
            var head = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(3L, head.Position, "nothing is committed past a writer that holds its transaction open", "the head");
            Promise.Equal(3, (await journal.Storage.All(journal.Cancellation).ConfigureAwait(false)).Count, "a reader waits for no writer, and sees nothing too early", "events in the journal");
        }

        var outcomes = await Task.WhenAll(appends).ConfigureAwait(false);
        foreach (var outcome in outcomes)
        {
            Promise.That(outcome.IsStored || outcome.Error is JournalBusyException, "an append that waits for another writer is stored, or ends in its own error", $"{outcome.Error}");
        }

        await journal.Append(Appends.To(StreamOf(0, 2), Any)).ConfigureAwait(false);
        feed.End();
        await reading.ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        feed.Check(outcomes, rows);
        History.Check(outcomes, rows);
    }

    private static async Task CommitBetweenReads(JournalUnderTest journal)
    {
        const string Promised = "what is committed between two reads, or during one, is seen once and in its place";
        await journal.Append(Appends.To(StreamOf(0, 0), Any, 20)).ConfigureAwait(false);
        var seen = new List<long>();
        var calls = new List<Task<Outcome>>();
        for (var limit = 1; limit <= 7; limit++)
        {
            // One commit lands while the sink takes its first event, one between this page and the next.
            var sink = new RowSink(row =>
            {
                if (calls.Count < limit)
                {
                    calls.Add(journal.Try(Appends.To(StreamOf(1, limit), Any, 2), journal.Cancellation));
                }

                return true;
            });
            var after = seen is [.., var last] ? last : 0;
            await journal.Storage.Read(new StoredQuery { Path = StoredPath.Journal, After = after, Until = long.MaxValue, Limit = limit }, sink, journal.Cancellation).ConfigureAwait(false);
            seen.AddRange(sink.Rows.Select(row => row.Position));
            await journal.Append(Appends.To(StreamOf(2, limit), Any)).ConfigureAwait(false);
        }

        var outcomes = await Task.WhenAll(calls).ConfigureAwait(false);
        var rest = await journal.Storage.All(journal.Cancellation).ConfigureAwait(false);
        seen.AddRange(rest.Select(row => row.Position).Where(position => position > seen[^1]));
        Promise.Same([.. rest.Select(row => row.Position)], seen, Promised, "positions seen");
        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task StartAtTheHead(JournalUnderTest journal)
    {
        const string Promised = "a reader sees what comes after its start, and only that";
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var head = (await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false)).Position;
            foreach (var start in new[] { head, head + 1, head + 1_000_000, long.MaxValue })
            {
                var none = await journal.Storage.Page(From(start), journal.Cancellation).ConfigureAwait(false);
                Promise.Equal(0, none.Count, Promised, $"events after {start}, where the head is {head}");
            }

            await journal.Append(Appends.To(StreamOf(0, round), Any, 2)).ConfigureAwait(false);
            Promise.Same([head + 1, head + 2], [.. (await journal.Storage.Page(From(head), journal.Cancellation).ConfigureAwait(false)).Select(row => row.Position)], Promised, $"positions after {head}");
            Promise.Same([head + 2], [.. (await journal.Storage.Page(From(head + 1), journal.Cancellation).ConfigureAwait(false)).Select(row => row.Position)], Promised, $"positions after {head + 1}");
        }

        static StoredQuery From(long position) => new() { Path = StoredPath.Journal, After = position, Until = long.MaxValue, Limit = 10 };
    }

    private static async Task RestoredBackup(JournalUnderTest journal)
    {
        const string Promised = "a journal that lost what a mark saw is refused, any other is not";
        await journal.Append(Appends.To(StreamOf(0, 0), Any, 3)).ConfigureAwait(false);
        var backup = await journal.Storage.All(journal.Cancellation).ConfigureAwait(false);
        var types = await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false);
        var earlier = await new JournalMarks(journal.Storage).Newest(journal.Cancellation).ConfigureAwait(false);
        await journal.Append(Appends.To(StreamOf(0, 0), Any, 4)).ConfigureAwait(false);
        var known = JournalMark.Parse((await new JournalMarks(journal.Storage).Newest(journal.Cancellation).ConfigureAwait(false)).ToString());
        Promise.Equal(7L, known.Position.Value, "a mark is of the newest event", "its position");

        var restored = await journal.AnotherJournal().ConfigureAwait(false);
        await restored.Restore(Rows(backup), types, new RestoreRecord(1_700_000_000_000_000, "backup", backup.Count), journal.Cancellation).ConfigureAwait(false);
        foreach (var mark in new[] { JournalMark.Start, earlier, known })
        {
            await new JournalMarks(journal.Storage).EnsureNotBehind(mark, journal.Cancellation).ConfigureAwait(false);
        }

        await new JournalMarks(restored).EnsureNotBehind(earlier, journal.Cancellation).ConfigureAwait(false);
        var found = await Refusal(restored).ConfigureAwait(false);
        Promise.Equal(earlier, found, Promised, "what is there, where the backup ends");

        // Written on, it holds other events at the positions that are gone.
        await restored.Append(Appends.To(StreamOf(0, 0), Any, 4), journal.Cancellation).ConfigureAwait(false);
        found = await Refusal(restored).ConfigureAwait(false);
        Promise.Equal((known.Position, true), (found.Position, found.EventId != known.EventId), Promised, "what is there, once the backup was written on");

        async Task<JournalMark> Refusal(IJournalStorage storage)
        {
            try
            {
                await new JournalMarks(storage).EnsureNotBehind(known, journal.Cancellation).ConfigureAwait(false);
            }
            catch (JournalBehindException e)
            {
                Promise.Equal(known, e.Known, Promised, "what the error says was known");
                return e.Found;
            }

            throw new ConformanceException(Promised, "a journal without the marked event was not refused");
        }

        static async IAsyncEnumerable<StoredRow> Rows(IReadOnlyList<StoredRow> rows)
        {
            foreach (var row in rows)
            {
                await Task.Yield();
                yield return row;
            }
        }
    }

    /// <summary>Writes from all sides for as long as the settings say while one reader tails, then compares.</summary>
    private static async Task Write(JournalUnderTest journal, IReadOnlyList<IJournalStorage> storages, IJournalStorage reader, Func<int, int, PreparedAppend> next)
    {
        var clock = journal.Settings.Clock;
        var start = clock.GetTimestamp();
        var outcomes = new ConcurrentQueue<Outcome>();
        using var feed = new FeedReader(reader, new Random(journal.Settings.Seed));
        var reading = feed.Run(journal.Cancellation);
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        try
        {
            await Parallel.ForAsync(0, journal.Settings.Writers, all, async (writer, cancellationToken) =>
            {
                for (var i = 0; i == 0 || clock.GetElapsedTime(start) < journal.Settings.FeedDuration; i++)
                {
                    // A conflict now and then: a loser must leave no gap behind.
                    var append = i % 17 == 16 ? Appends.To(StreamOf(writer, i), At(1_000_000)) : next(writer, i);
                    outcomes.Enqueue(await journal.TryOn(storages[writer % storages.Count], append, cancellationToken).ConfigureAwait(false));
                    feed.Wake();
                    await Task.Yield();
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            feed.End();
        }

        await reading.ConfigureAwait(false);

        var rows = await journal.Sound().ConfigureAwait(false);
        feed.Check(outcomes, rows);
        History.Check(outcomes, rows);
    }

    private static StreamId StreamOf(int writer, int i) => new(Appends.Family, i % 2 == 0 ? $"writer-{writer}" : $"shared-{i % SharedStreams}");
}
