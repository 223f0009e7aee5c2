using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>A 4, 6: an append whose answer was lost is asked for again with the same id.</summary>
internal static class AppendIdScenarios
{
    /// <summary>As many as were in flight at the measured crashes, where 62 % of them had committed.</summary>
    private const int AppendsInFlight = 96;

    private const string AgainIsTheSame = "the same append again gets the first answer and stores nothing";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Append, "A4", "The same append id again, at once and later, gets the first answer and stores nothing", TheFirstAnswer),
        ConformanceScenario.Of(ConformanceGroup.Append, "A4", "The same append id again after a restart gets the first answer and stores nothing", AfterARestart, JournalCapabilities.Restart),
        ConformanceScenario.Of(ConformanceGroup.Append, "A4", "The same append id many times at once is stored once", ManyAtOnce),
        ConformanceScenario.Of(ConformanceGroup.Append, "A4", "The same append id with other content is refused with its own error", OtherContent),
        ConformanceScenario.Of(ConformanceGroup.Append, "A6", "Acknowledged, cancelled or unknown: retried with the same id, an append is stored once", RetriedWhateverCame),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static StreamId Two { get; } = new(Appends.Family, "two");

    private static async Task TheFirstAnswer(JournalUnderTest journal)
    {
        // Each kind of expectation, which after the first append no longer holds, or would hold again.
        (ExpectedVersion Expected, int Present)[] cases = [(NoStream, 0), (At(0), 0), (At(2), 2), (Exists, 2), (Any, 0), (Any, 2)];
        foreach (var (expected, present) in cases)
        {
            var stream = new StreamId(Appends.Family, Guid.NewGuid().ToString());
            if (present > 0)
            {
                await journal.Append(Appends.To(stream, NoStream, present)).ConfigureAwait(false);
            }

            var append = Appends.To(stream, expected, 3, Guid.CreateVersion7());
            var first = await journal.Append(append).ConfigureAwait(false);
            Promise.That(!first.WasStoredBefore, "a first append says that it stored something", "it said that it was stored before");
            await AskAgain(journal, append, first).ConfigureAwait(false);
            await journal.Append(Appends.To(stream, Any)).ConfigureAwait(false);
            await journal.Append(Appends.To(One, Any)).ConfigureAwait(false);
            await AskAgain(journal, append, first).ConfigureAwait(false);
        }
    }

    private static async Task AfterARestart(JournalUnderTest journal)
    {
        var append = TwoStreams(Guid.CreateVersion7());
        var first = await journal.Append(append).ConfigureAwait(false);
        await journal.Append(Appends.To(One, Any)).ConfigureAwait(false);
        await journal.Restart().ConfigureAwait(false);
        await AskAgain(journal, append, first).ConfigureAwait(false);
    }

    private static async Task ManyAtOnce(JournalUnderTest journal)
    {
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var append = TwoStreams(Guid.CreateVersion7());
            var outcomes = await journal.AppendTogether([.. Enumerable.Repeat(append, journal.Settings.Writers)]).ConfigureAwait(false);
            foreach (var outcome in outcomes)
            {
                Promise.That(outcome.IsStored, AgainIsTheSame, $"{outcome.Error}");
            }

            Promise.Equal(1, outcomes.Count(outcome => !outcome.Result!.WasStoredBefore), AgainIsTheSame, $"appends of {outcomes.Count} that say they stored it");
            Promise.Equal(1, outcomes.Select(outcome => outcome.Result!.FirstPosition).Distinct().Count(), AgainIsTheSame, "different answers");
            var rows = await journal.Sound().ConfigureAwait(false);
            Promise.Equal((round + 1) * append.EventCount, rows.Count, AgainIsTheSame, "events in the journal");
            History.Check(outcomes, rows);
        }
    }

    private static async Task OtherContent(JournalUnderTest journal)
    {
        const string Promised = "an append id belongs to one content";
        var id = Guid.CreateVersion7();
        await journal.Append(Appends.To(One, Any, 2, id)).ConfigureAwait(false);
        var before = await journal.Sound().ConfigureAwait(false);
        Draft[] same = [Appends.Note("n0"), Appends.Note("n1")];
        (string What, PreparedAppend Append)[] others =
        [
            ("another payload", Appends.To(One, Any, [same[0], Appends.Note("other")], id)),
            ("one byte more", Appends.To(One, Any, [same[0], new Draft((byte[])[.. same[1].Data.Span, (byte)' '])], id)),
            ("another stream", Appends.To(Two, Any, same, id)),
            ("another type", Appends.To(One, Any, [same[0], same[1] with { Type = Appends.Noted with { Name = "heard" } }], id)),
            ("another schema version", Appends.To(One, Any, [same[0], same[1] with { Type = Appends.Noted with { SchemaVersion = 2 } }], id)),
            ("fewer events", Appends.To(One, Any, [same[0]], id)),
            ("more events", Appends.To(One, Any, [.. same, Appends.Note("n2")], id)),
        ];
        foreach (var (what, append) in others)
        {
            var refused = await Promise.Throws<AppendIdReusedException>(() => journal.Append(append), Promised, $"the same id with {what}").ConfigureAwait(false);
            Promise.Equal(id, refused.AppendId, Promised, $"the id named for {what}");
        }

        Promise.Same([.. before.Select(History.Whole)], [.. (await journal.Sound().ConfigureAwait(false)).Select(History.Whole)], Promised, "the journal after the refusals");
    }

    private static async Task RetriedWhateverCame(JournalUnderTest journal)
    {
        var appends = Enumerable.Range(0, AppendsInFlight)
            .Select(i => Appends.To(new StreamId(Appends.Family, $"a6-{i % 7}"), Any, 1 + (i % 3), Guid.CreateVersion7(), $"{i}-"))
            .ToList();
        var first = new Outcome[appends.Count];
        var all = new ParallelOptions { MaxDegreeOfParallelism = AppendsInFlight, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, appends.Count, all, async (i, cancellationToken) => first[i] = await AppendAndGiveUp(journal, appends[i], i, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

        // Withdrawn is final: it was not stored and never will be, until somebody asks again.
        History.Check(first.Where(outcome => !outcome.IsUnknown), await journal.Sound().ConfigureAwait(false));

        var again = await journal.AppendTogether(appends).ConfigureAwait(false);
        foreach (var (before, after) in first.Zip(again))
        {
            Promise.That(after.IsStored, "an append can be asked for again until it is answered", $"{after.Error}");
            Promise.That(!before.IsStored || after.Result!.WasStoredBefore, AgainIsTheSame, $"append {after.Append.AppendId} was acknowledged, and stored again");
            Promise.That(!before.IsStored || before.Result!.FirstPosition == after.Result!.FirstPosition, AgainIsTheSame, $"append {after.Append.AppendId} got position {before.Result?.FirstPosition}, then {after.Result?.FirstPosition}");
        }

        var rows = await journal.Sound().ConfigureAwait(false);
        Promise.Equal(appends.Sum(append => append.EventCount), rows.Count, "each append is stored once", "events in the journal");
        History.Check(again, rows);
    }

    /// <summary>One caller in three waits, one gives up before its call, one while it is under way.</summary>
    private static async Task<Outcome> AppendAndGiveUp(JournalUnderTest journal, PreparedAppend append, int i, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (i % 3 == 1)
        {
            await patience.CancelAsync().ConfigureAwait(false);
        }

        var call = journal.Try(append, patience.Token);
        if (i % 3 == 2)
        {
            await patience.CancelAsync().ConfigureAwait(false);
        }

        return await call.ConfigureAwait(false);
    }

    private static PreparedAppend TwoStreams(Guid id) =>
        Appends.Of(id, 0, [(One, Any, [Appends.Note("a"), Appends.Note("b")]), (Two, Any, [Appends.Note("c")])]);

    private static async Task AskAgain(JournalUnderTest journal, PreparedAppend append, AppendResult first)
    {
        var before = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
        var outcome = await journal.Try(append, journal.Cancellation).ConfigureAwait(false);
        Promise.That(outcome.IsStored, AgainIsTheSame, $"{outcome.Error}");
        Promise.Equal(Answer(first) with { WasStoredBefore = true }, Answer(outcome.Result!), AgainIsTheSame, "the answer");
        Promise.Same(first.Streams, outcome.Result!.Streams, AgainIsTheSame, "the streams of the answer");
        Promise.Equal(before, await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false), AgainIsTheSame, "the head");

        // A list compares by reference, so it is compared by itself.
        static AppendResult Answer(AppendResult result) => result with { Streams = [] };
    }
}
