using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>D 37: what is exported and restored elsewhere is the same journal; what is damaged on the way is refused whole.</summary>
internal static class RestoreScenarios
{
    private const int Appended = 40;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.State, "D37", "Exported, restored elsewhere and exported again: the same rows, byte for byte, and the same types", TheSameJournal),
        ConformanceScenario.Of(ConformanceGroup.State, "D37", "A restored journal answers every path, goes on from its head, and says that it was restored", TheRestoredJournalLives),
        ConformanceScenario.Of(ConformanceGroup.State, "D37", "A restore into a journal that holds events is refused", NotIntoAFullOne),
        ConformanceScenario.Of(ConformanceGroup.State, "D37", "A restore of rows with a gap, a double or another order stores nothing", DamagedRows),
    ];

    private static RestoreRecord Record(long last) => new(1_700_000_000_000_000, "conformance", last);

    private static async Task TheSameJournal(JournalUnderTest journal)
    {
        var (outcomes, rows) = await Fill(journal).ConfigureAwait(false);
        var types = await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false);
        var elsewhere = await journal.AnotherJournal().ConfigureAwait(false);
        var head = await elsewhere.Restore(Stream(rows), types, Record(rows.Count), journal.Cancellation).ConfigureAwait(false);
        Promise.Equal(await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false), head, "positions and times are kept", "the head answered by the restore");

        var again = await elsewhere.All(journal.Cancellation).ConfigureAwait(false);
        Promise.Same([.. rows.Select(History.Whole)], [.. again.Select(History.Whole)], "the second export is the first, byte for byte", "rows");

        // And the first is what was appended: an export that changes every payload the same way twice would pass otherwise.
        History.Check(outcomes, rows);
        var typesAgain = await elsewhere.ReadTypes(journal.Cancellation).ConfigureAwait(false);
        Promise.Same([.. types.Select(type => type with { Template = null })], [.. typesAgain.Select(type => type with { Template = null })], "what the journal says about its types is kept", "types");
    }

    private static async Task TheRestoredJournalLives(JournalUnderTest journal)
    {
        const string Promised = "a restored journal is a journal";
        var other = await journal.AnotherJournal().ConfigureAwait(false);
        var first = Appends.To(new StreamId(Appends.Family, "one"), Any, 3, Guid.CreateVersion7());
        await other.Append(first, journal.Cancellation).ConfigureAwait(false);
        var cause = new CausationId("a further cause");
        await other.Append(Appends.To(new StreamId(Appends.Family, "two"), Any, [Appends.Note("n") with { FurtherCauses = [cause], Subject = "s", CorrelationId = "c", OccurredAt = 5 }]), journal.Cancellation).ConfigureAwait(false);
        var rows = await other.All(journal.Cancellation).ConfigureAwait(false);
        await journal.Storage.Restore(Stream(rows), await other.ReadTypes(journal.Cancellation).ConfigureAwait(false), Record(rows.Count), journal.Cancellation).ConfigureAwait(false);

        StoredQuery[] queries =
        [
            new() { Path = StoredPath.Stream, Key = $"{Appends.Family}/two", Limit = 9 },
            new() { Path = StoredPath.Correlation, Key = "c", Limit = 9 },
            new() { Path = StoredPath.Subject, Key = "s", Limit = 9 },
            new() { Path = StoredPath.Cause, KeyBytes = cause.ToBytes(), Limit = 9 },
            new() { Path = StoredPath.Occurred, AfterOccurred = long.MinValue, UntilOccurred = long.MaxValue, Limit = 9 },
        ];
        foreach (var query in queries)
        {
            var page = await journal.Storage.Page(query with { Until = long.MaxValue }, journal.Cancellation).ConfigureAwait(false);
            Promise.Same([4L], [.. page.Select(row => row.Position)], Promised, $"positions by {query.Path}");
        }

        var again = await journal.Append(first).ConfigureAwait(false);
        Promise.That(again.WasStoredBefore, Promised, "an append that the export holds was stored again");
        var next = await journal.Append(Appends.To(new StreamId(Appends.Family, "one"), At(3))).ConfigureAwait(false);
        Promise.Equal(new Position(5), next.FirstPosition, Promised, "the first position after the restore");
        Promise.Same([Record(rows.Count)], await journal.Storage.ReadRestores(journal.Cancellation).ConfigureAwait(false), "a restore is recorded beside the journal", "restores");
        Promise.Equal(0, (await other.ReadRestores(journal.Cancellation).ConfigureAwait(false)).Count, "a journal that was never restored says so", "restores");
        await journal.Sound().ConfigureAwait(false);
    }

    private static async Task NotIntoAFullOne(JournalUnderTest journal)
    {
        var (_, rows) = await Fill(journal).ConfigureAwait(false);
        await Promise.Throws<RestoreException>(
            () => journal.Storage.Restore(Stream(rows), [], Record(rows.Count), journal.Cancellation).AsTask(),
            "a restore goes into an empty journal only",
            "a restore into a journal that holds events").ConfigureAwait(false);
        Promise.Same([.. rows.Select(History.Whole)], [.. (await journal.Sound().ConfigureAwait(false)).Select(History.Whole)], "a refused restore changes nothing", "rows");
    }

    private static async Task DamagedRows(JournalUnderTest journal)
    {
        var other = await journal.AnotherJournal().ConfigureAwait(false);
        var stream = new StreamId(Appends.Family, "one");
        await other.Append(Appends.To(stream, Any, 6), journal.Cancellation).ConfigureAwait(false);
        var rows = await other.All(journal.Cancellation).ConfigureAwait(false);
        (string What, IReadOnlyList<StoredRow> Rows)[] damaged =
        [
            ("a gap", [.. rows.Take(2), .. rows.Skip(3)]),
            ("no beginning", [.. rows.Skip(1)]),
            ("a row twice", [.. rows.Take(3), .. rows.Skip(2)]),
            ("another order", [rows[1], rows[0], .. rows.Skip(2)]),
            ("a version left out", [.. rows.Take(5), rows[5] with { Version = 7 }]),
            ("an event id twice", [.. rows.Take(5), rows[5] with { EventId = rows[0].EventId }]),
        ];
        foreach (var (what, broken) in damaged)
        {
            await Promise.Throws<RestoreException>(
                () => journal.Storage.Restore(Stream(broken), [], Record(rows.Count), journal.Cancellation).AsTask(),
                "a damaged export is refused",
                $"a restore of rows with {what}").ConfigureAwait(false);
            Promise.Equal(0, (await journal.Sound().ConfigureAwait(false)).Count, "a refused restore stores nothing", $"events after rows with {what}");
            Promise.Equal(0, (await journal.Storage.ReadRestores(journal.Cancellation).ConfigureAwait(false)).Count, "a refused restore is not recorded", $"restores after rows with {what}");
        }

        await journal.Storage.Restore(Stream(rows), [], Record(rows.Count), journal.Cancellation).ConfigureAwait(false);
        Promise.Equal(rows.Count, (await journal.Sound().ConfigureAwait(false)).Count, "a refused restore does not stand in the way of a good one", "events");
    }

    private static async Task<(IReadOnlyList<Outcome> Outcomes, IReadOnlyList<StoredRow> Rows)> Fill(JournalUnderTest journal)
    {
        var outcomes = new List<Outcome>();
        for (var i = 0; i < Appended; i++)
        {
            var append = Appends.To(new StreamId(Appends.Family, $"stream-{i % 5}"), Any, [Drafts.Next(journal.Random), Drafts.Next(journal.Random)]);
            outcomes.Add(new Outcome(append, await journal.Append(append).ConfigureAwait(false), null));
        }

        return (outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<StoredRow> Stream(IReadOnlyList<StoredRow> rows)
    {
        foreach (var row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }
}
