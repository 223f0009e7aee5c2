using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>A 2, 5, 8–12: many callers at once, several streams at once, nothing at all, and what is stored stays.</summary>
internal static class AppendScenarios
{
    private const int ParallelAppends = 20;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Append, "A2", "Of parallel appends every acknowledged event is stored, and versions are dense", EveryAcknowledgedEvent),
        ConformanceScenario.Of(ConformanceGroup.Append, "A5", "An append of nothing changes nothing, and still checks what it expects", NothingChangesNothing),
        ConformanceScenario.Of(ConformanceGroup.Append, "A5", "An append of nothing beside and among real ones disturbs none of them", NothingAmongRealOnes),
        ConformanceScenario.Of(ConformanceGroup.Append, "A8", "Two streams in one append: both or neither", BothOrNeither),
        ConformanceScenario.Of(ConformanceGroup.Append, "A8", "Appends that cross two streams in opposite order all end", CrossedStreams),
        ConformanceScenario.Of(ConformanceGroup.Append, "A8", "Appends that cross two streams through two storages all end, too", CrossedStorages, JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Append, "A9", "A refused append takes none of its neighbours along", RefusedAlone),
        ConformanceScenario.Of(ConformanceGroup.Append, "A10", "A caller that gives up delays and fails nobody else, and what became of its append can be asked", GivenUpAlone),
        ConformanceScenario.Of(ConformanceGroup.Append, "A11", "What is acknowledged can be read at once", AcknowledgedIsThere),
        ConformanceScenario.Of(ConformanceGroup.Append, "A11", "What is acknowledged is committed: a second storage reads it at once", AcknowledgedIsCommitted, JournalCapabilities.SecondStorage),
        ConformanceScenario.Of(ConformanceGroup.Append, "A12", "Update, deletion and replacement of a stored event are refused by the database itself", TamperingIsRefused, JournalCapabilities.RefusesTampering),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static StreamId Two { get; } = new(Appends.Family, "two");

    private static async Task EveryAcknowledgedEvent(JournalUnderTest journal)
    {
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await journal.AppendTogether([.. Enumerable.Range(0, ParallelAppends).Select(i => Appends.To(One, Any, 1 + (i % 4)))]).ConfigureAwait(false);
            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task NothingChangesNothing(JournalUnderTest journal)
    {
        const string Promised = "an append of nothing changes nothing";
        var id = Guid.CreateVersion7();
        var empty = await journal.Append(Appends.To(One, NoStream, 0, id)).ConfigureAwait(false);
        Promise.Equal((0, new Position(0), new StreamVersion(0)), (empty.EventCount, empty.LastPosition, empty.Version), Promised, "the answer on an empty journal");
        Promise.Equal(default, await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false), Promised, "the head");
        Promise.Equal(0, (await journal.Sound().ConfigureAwait(false)).Count, Promised, "events in the journal");

        // Nor does it use up its id, or make the stream exist.
        await journal.Append(Appends.To(One, NoStream, 3, id)).ConfigureAwait(false);
        var before = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
        var beside = await journal.Append(Appends.To(One, At(3), 0)).ConfigureAwait(false);
        Promise.Equal((0, new Position(3), new StreamVersion(3)), (beside.EventCount, beside.LastPosition, beside.Version), Promised, "the answer on a journal of three events");
        await Promise.Throws<WrongExpectedVersionException>(() => journal.Append(Appends.To(One, At(2), 0)), "an append of nothing still checks what it expects", "one that expected version 2 of 3").ConfigureAwait(false);
        Promise.Equal(before, await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false), Promised, "the head");
    }

    private static async Task NothingAmongRealOnes(JournalUnderTest journal)
    {
        var both = await journal.Append(Appends.To((One, NoStream, 0), (Two, NoStream, 2))).ConfigureAwait(false);
        Promise.Same([new StreamResult(One, 0), new StreamResult(Two, 2)], both.Streams, "a stream that gets nothing stays where it was", "the versions answered");
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await journal.AppendTogether([.. Enumerable.Range(0, ParallelAppends).Select(i => Appends.To(One, Any, i % 2))]).ConfigureAwait(false);
            foreach (var outcome in outcomes)
            {
                Promise.That(outcome.IsStored, "an append of nothing disturbs no other", $"{outcome.Error}");
            }

            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task BothOrNeither(JournalUnderTest journal)
    {
        await journal.Append(Appends.To(One, NoStream, 2)).ConfigureAwait(false);
        var outcomes = new List<Outcome>
        {
            await journal.Try(Appends.To((Two, NoStream, 2), (One, At(1), 1)), journal.Cancellation).ConfigureAwait(false),
            await journal.Try(Appends.To((One, At(2), 1), (Two, Exists, 2)), journal.Cancellation).ConfigureAwait(false),
        };
        foreach (var outcome in outcomes)
        {
            Promise.That(outcome.Error is WrongExpectedVersionException, "an append of two streams fails as a whole", $"{outcome.Error?.GetType().Name ?? "it succeeded"}");
        }

        outcomes.Add(await journal.Try(Appends.To((Two, NoStream, 2), (One, At(2), 1)), journal.Cancellation).ConfigureAwait(false));
        Promise.That(outcomes[^1].IsStored, "a failed append leaves nothing behind that stands in the way of the next", $"{outcomes[^1].Error}");
        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task CrossedStreams(JournalUnderTest journal)
    {
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await journal.AppendTogether(
            [
                .. Enumerable.Range(0, journal.Settings.Writers).Select(i => i % 2 == 0 ? Appends.To((One, Any, 2), (Two, Any, 1)) : Appends.To((Two, Any, 2), (One, Any, 1))),
            ]).ConfigureAwait(false);
            foreach (var outcome in outcomes)
            {
                Promise.That(outcome.IsStored, "appends that cross never deadlock", $"{outcome.Error}");
            }

            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task CrossedStorages(JournalUnderTest journal)
    {
        var second = await journal.Beside().ConfigureAwait(false);
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, journal.Settings.Writers).Select(i => i % 2 == 0
                ? journal.TryOn(journal.Storage, Appends.To((One, Any, 2), (Two, Any, 1)), journal.Cancellation)
                : journal.TryOn(second, Appends.To((Two, Any, 2), (One, Any, 1)), journal.Cancellation))).ConfigureAwait(false);
            foreach (var outcome in outcomes)
            {
                Promise.That(outcome.IsStored, "appends that cross never deadlock", $"{outcome.Error}");
            }

            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task RefusedAlone(JournalUnderTest journal)
    {
        var used = Guid.CreateVersion7();
        await journal.Append(Appends.To(One, NoStream, 1, used)).ConfigureAwait(false);
        var stranger = Appends.Note("stranger") with { Type = Appends.Noted with { Family = "strangers" } };
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = await journal.AppendTogether(
            [
                .. Enumerable.Range(0, journal.Settings.Writers).Select(i => (i % 8) switch
                {
                    0 => Appends.To(One, NoStream),
                    3 => Appends.To(One, Any, [stranger]),
                    5 => Appends.To(One, Any, 2, used),
                    _ => Appends.To(i % 2 == 0 ? One : Two, Any, 2),
                }),
            ]).ConfigureAwait(false);
            for (var i = 0; i < outcomes.Count; i++)
            {
                var expected = (i % 8) switch { 0 => typeof(WrongExpectedVersionException), 3 => typeof(EventModelException), 5 => typeof(AppendIdReusedException), _ => null };
                Promise.Equal(expected, outcomes[i].Error?.GetType(), "an append is refused for its own faults only", $"append {i} of a batch ({outcomes[i].Error?.Message ?? "stored"})");
            }

            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task GivenUpAlone(JournalUnderTest journal)
    {
        const string Promised = "a caller that gives up fails nobody else";
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            var outcomes = new Outcome[journal.Settings.Writers];
            var all = new ParallelOptions { MaxDegreeOfParallelism = outcomes.Length, CancellationToken = journal.Cancellation };
            await Parallel.ForAsync(0, outcomes.Length, all, async (i, cancellationToken) =>
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var call = journal.Try(Appends.To(One, Any, 1 + (i % 3)), patience.Token);
                if (i % 4 == 0)
                {
                    await patience.CancelAsync().ConfigureAwait(false);
                }

                outcomes[i] = await call.ConfigureAwait(false);
            }).ConfigureAwait(false);

            for (var i = 0; i < outcomes.Length; i++)
            {
                Promise.That(i % 4 == 0 || outcomes[i].IsStored, Promised, $"append {i} ended in {outcomes[i].Error}");
            }

            // An unknown outcome is known once no append is in flight any more: this one came after all of them.
            await journal.Append(Appends.To(Two, Any)).ConfigureAwait(false);
            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static Task AcknowledgedIsThere(JournalUnderTest journal) => ReadWhatIsAcknowledged(journal, journal.Storage);

    private static async Task AcknowledgedIsCommitted(JournalUnderTest journal) => await ReadWhatIsAcknowledged(journal, await journal.Beside().ConfigureAwait(false)).ConfigureAwait(false);

    private static async Task ReadWhatIsAcknowledged(JournalUnderTest journal, IJournalStorage reader)
    {
        const string Promised = "an append is acknowledged after its commit";
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, journal.Settings.Writers * journal.Settings.Rounds, all, async (i, cancellationToken) =>
        {
            var append = Appends.To(new StreamId(Appends.Family, $"a11-{i % 5}"), Any, 1 + (i % 3));
            var result = await journal.Storage.Append(append, cancellationToken).ConfigureAwait(false);
            var last = await reader.Find(append.Streams[0].Events[^1].EventId, cancellationToken).ConfigureAwait(false);
            Promise.Equal(result.LastPosition.Value, last?.Position, Promised, $"the last event of append {append.AppendId}, read right after");
            var head = await reader.ReadHead(cancellationToken).ConfigureAwait(false);
            Promise.That(head.Position >= result.LastPosition.Value, Promised, $"the head was {head.Position} after {result.LastPosition} was acknowledged");
        }).ConfigureAwait(false);
    }

    private static async Task TamperingIsRefused(JournalUnderTest journal)
    {
        await journal.Append(Appends.To(One, Any, 3)).ConfigureAwait(false);
        var before = await journal.Sound().ConfigureAwait(false);
        foreach (var attempt in Enum.GetValues<Tampering>())
        {
            var isRefused = false;
            try
            {
                await journal.Place.Tamper(attempt, 2, journal.Cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException and not NotSupportedException)
            {
                // Which error is the database's own affair; that nothing changed is looked at below.
                isRefused = true;
            }

            Promise.That(isRefused, "the database refuses to change what is stored, whoever asks", $"{attempt} was carried out");
            Promise.Same([.. before.Select(History.Whole)], [.. (await journal.Sound().ConfigureAwait(false)).Select(History.Whole)], "what is stored stays as it is", $"the journal after {attempt}");
        }
    }
}
