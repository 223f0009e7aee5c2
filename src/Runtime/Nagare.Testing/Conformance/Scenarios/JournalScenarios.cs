using Microsoft.Extensions.DependencyInjection;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>A 9, 10 and H 7 as callers of <see cref="IJournal"/> meet them: what is refused before any database, and what can be asked afterwards.</summary>
internal static class JournalScenarios
{
    private const int NeighboursOfEach = 4;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Append, "A9", "An event that cannot be written, or is too large, rejects its own append and no other", UnfitAlone),
        ConformanceScenario.Of(ConformanceGroup.Append, "A10", "What became of an append can be asked by its id, and is what its caller was told", FoundByItsId),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H7", "Ids that break the rules are refused with their own error, and leave nothing behind", ForbiddenIds),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static async Task UnfitAlone(JournalUnderTest journal)
    {
        var door = journal.Services().GetRequiredService<IJournal>();
        var tooMany = Enumerable.Repeat<object>(new ConformanceEvent.Counted(1), JournalLimits.MaxAppendEvents + 1).ToArray();
        var large = EventMetadata.None with { Entries = EventMetadata.None.Entries.Add("entry", new string('x', JournalLimits.MaxMetadataBytes)) };
        (string What, Type Error, Func<CancellationToken, ValueTask<AppendResult>> Append)[] unfit =
        [
            ("a lone surrogate", typeof(EventFormatException), token => door.Append(One, Any, [new ConformanceEvent.Noted("\ud800")], token)),
            ("one event too many", typeof(PayloadTooLargeException), token => door.Append(One, Any, tooMany, token)),
            ("too much metadata", typeof(PayloadTooLargeException), token => door.Append(One, Any, [new ConformanceEvent.Noted("n")], large, token)),
            ("a type no model knows", typeof(EventModelException), token => door.Append(One, Any, ["a string"], token)),
        ];
        var stored = 0;
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, unfit.Length * (1 + NeighboursOfEach), all, async (i, token) =>
        {
            if (i % (1 + NeighboursOfEach) != 0)
            {
                await door.Append(One, Any, [new ConformanceEvent.Noted($"{i}")], token).ConfigureAwait(false);
                Interlocked.Increment(ref stored);
                return;
            }

            var (what, error, append) = unfit[i / (1 + NeighboursOfEach)];
            var thrown = await Promise.Throws<NagareException>(() => append(token).AsTask(), "an append that cannot be stored is refused", what).ConfigureAwait(false);
            Promise.Equal(error, thrown.GetType(), "an append that cannot be stored is refused with its own error", $"{what}: {thrown.Message}");
        }).ConfigureAwait(false);
        Promise.Equal(unfit.Length * NeighboursOfEach, stored, "a refused append takes no neighbour along", "neighbours acknowledged");
        Promise.Equal(stored, (await journal.Sound().ConfigureAwait(false)).Count, "a refused append stores nothing, its neighbours all", "events in the journal");
    }

    private static async Task FoundByItsId(JournalUnderTest journal)
    {
        var door = journal.Services().GetRequiredService<IJournal>();
        var told = new List<AppendResult>();
        for (var i = 1; i <= 3; i++)
        {
            told.Add(await door.Append(
                new AppendRequest
                {
                    AppendId = Guid.CreateVersion7(),
                    Streams =
                    [
                        new StreamAppend(One, Any, [.. Enumerable.Range(0, i).Select(n => new NewEvent(new ConformanceEvent.Counted(n)))]),
                        new StreamAppend(new StreamId(Appends.Family, "two"), Any, [new NewEvent(new ConformanceEvent.Noted("n"))]),
                    ],
                },
                journal.Cancellation).ConfigureAwait(false));
        }

        foreach (var result in told)
        {
            var found = await door.FindAppend(result.AppendId, journal.Cancellation).ConfigureAwait(false);
            Promise.That(found is not null, "a stored append is found by its id", $"append {result.AppendId} is not found");
            Promise.Equal(
                (result.FirstPosition, result.LastPosition, result.EventCount, result.RecordedAt),
                (found.FirstPosition, found.LastPosition, found.EventCount, found.RecordedAt),
                "what is found is what the caller was told",
                "the answer");
            Promise.Same(result.Streams, found.Streams, "what is found is what the caller was told", "the streams");
        }

        Promise.That(await door.FindAppend(Guid.CreateVersion7(), journal.Cancellation).ConfigureAwait(false) is null, "an append that never was is not found", "something was found");
    }

    private static async Task ForbiddenIds(JournalUnderTest journal)
    {
        const string Promised = "an id that breaks the rules is refused before any database";
        var door = journal.Services().GetRequiredService<IJournal>();
        string[] forbidden = ["", " a", "a ", "a\0b", "a\nb", "a\u0085b", "\ud800", "a\udc00", new('x', 6_400), new('流', (JournalLimits.MaxIdBytes / 3) + 1)];
        foreach (var id in forbidden)
        {
            await Promise.Throws<InvalidStreamIdException>(() => Append(new Lazy<StreamId>(() => new StreamId(Appends.Family, id)), EventMetadata.None), Promised, $"a stream id of {id.Length} characters").ConfigureAwait(false);
            await Promise.Throws<InvalidIdException>(() => Append(new Lazy<StreamId>(One), EventMetadata.None with { CorrelationId = id }), Promised, $"a correlation id of {id.Length} characters").ConfigureAwait(false);
            await Promise.Throws<InvalidIdException>(() => Append(new Lazy<StreamId>(One), EventMetadata.None with { Actor = id }), Promised, $"an actor of {id.Length} characters").ConfigureAwait(false);
            await Promise.Throws<InvalidIdException>(() => Append(new Lazy<StreamId>(One), EventMetadata.None with { Subject = id }), Promised, $"a subject of {id.Length} characters").ConfigureAwait(false);
        }

        Promise.Equal(0, (await journal.Sound().ConfigureAwait(false)).Count, "what is refused leaves nothing behind", "events in the journal");
        await Append(new Lazy<StreamId>(One), EventMetadata.None).ConfigureAwait(false);
        Promise.Equal(1, (await journal.Sound().ConfigureAwait(false)).Count, "what is refused leaves the journal fit for the next", "events in the journal");

        async Task Append(Lazy<StreamId> stream, EventMetadata metadata) =>
            await door.Append(stream.Value, Any, [new ConformanceEvent.Noted("n")], metadata, journal.Cancellation).ConfigureAwait(false);
    }
}
