using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>A 1, 3, 7: what a writer expects of a stream, and what it is told where that does not hold.</summary>
internal static class ExpectedVersionScenarios
{
    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Append, "A1", "Each expectation holds or fails as it says, of a missing and of a present stream", EachExpectation),
        ConformanceScenario.Of(ConformanceGroup.Append, "A3", "Of many appends that expect the same version one wins, and the losers burn no position", OneWinner),
        ConformanceScenario.Of(ConformanceGroup.Append, "A7", "A conflict carries stream, expected and actual version", ConflictIsTyped),
        ConformanceScenario.Of(ConformanceGroup.Append, "A7", "Appends that expect nothing never conflict", AnyNeverConflicts),
    ];

    private static async Task EachExpectation(JournalUnderTest journal)
    {
        (ExpectedVersion Expected, int Present, bool Holds)[] cases =
        [
            (Any, 0, true), (NoStream, 0, true), (Exists, 0, false), (At(0), 0, true), (At(1), 0, false),
            (Any, 2, true), (NoStream, 2, false), (Exists, 2, true), (At(0), 2, false), (At(1), 2, false), (At(2), 2, true), (At(3), 2, false),
        ];
        var outcomes = new List<Outcome>();
        foreach (var (expected, present, holds) in cases)
        {
            var stream = new StreamId(Appends.Family, $"a1-{outcomes.Count}");
            if (present > 0)
            {
                await journal.Append(Appends.To(stream, Any, present)).ConfigureAwait(false);
            }

            var outcome = await journal.Try(Appends.To(stream, expected), journal.Cancellation).ConfigureAwait(false);
            var promised = $"'{expected}' {(holds ? "holds" : "fails")} of a stream with {present} events";
            Promise.Equal(holds, outcome.IsStored, promised, outcome.Error?.Message ?? "the append succeeded");
            Promise.That(holds || outcome.Error is WrongExpectedVersionException, promised, $"it failed with {outcome.Error?.GetType().Name}");
            outcomes.Add(outcome);
        }

        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task OneWinner(JournalUnderTest journal)
    {
        var stream = new StreamId(Appends.Family, "a3");
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var before = round;
            var outcomes = await journal.AppendTogether([.. Enumerable.Range(0, journal.Settings.Writers).Select(_ => Appends.To(stream, At(before)))]).ConfigureAwait(false);
            Promise.Equal(1, outcomes.Count(outcome => outcome.IsStored), "one append wins among those that expect the same version", $"winners at version {before}");
            foreach (var loser in outcomes.Where(outcome => !outcome.IsStored))
            {
                Promise.That(loser.Error is WrongExpectedVersionException, "the losers are told of the conflict", $"one ended in {loser.Error}");
            }

            var head = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(before + 1L, head.Position, "losers burn no position", "the head");
            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task ConflictIsTyped(JournalUnderTest journal)
    {
        const string Promised = "a conflict carries stream, expected and actual version";
        var stream = new StreamId(Appends.Family, "a7");
        await journal.Append(Appends.To(stream, NoStream, 3)).ConfigureAwait(false);
        foreach (var expected in new[] { NoStream, At(2), At(7) })
        {
            var conflict = await Promise.Throws<WrongExpectedVersionException>(() => journal.Append(Appends.To(stream, expected)), Promised, $"an append that expected '{expected}' of a stream at version 3").ConfigureAwait(false);
            Promise.Equal((stream, expected, new StreamVersion(3)), (conflict.StreamId, conflict.Expected, conflict.Actual), Promised, "the conflict");
        }

        var missing = new StreamId(Appends.Family, "a7-missing");
        var none = await Promise.Throws<WrongExpectedVersionException>(() => journal.Append(Appends.To(missing, Exists)), Promised, "an append that expected a missing stream").ConfigureAwait(false);
        Promise.Equal((missing, Exists, new StreamVersion(0)), (none.StreamId, none.Expected, none.Actual), Promised, "the conflict");
    }

    private static async Task AnyNeverConflicts(JournalUnderTest journal)
    {
        var streams = new[] { new StreamId(Appends.Family, "a7-one"), new StreamId(Appends.Family, "a7-two") };
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await journal.AppendTogether([.. Enumerable.Range(0, journal.Settings.Writers).Select(i => Appends.To(streams[i % 2], Any, 1 + (i % 3)))]).ConfigureAwait(false);
            foreach (var outcome in outcomes)
            {
                Promise.That(outcome.IsStored, "an append that expects nothing never conflicts", $"{outcome.Error}");
            }
        }

        await journal.Sound().ConfigureAwait(false);
    }
}
