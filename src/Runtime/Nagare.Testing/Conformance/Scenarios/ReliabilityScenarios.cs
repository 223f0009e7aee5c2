using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>R 1–3, 5, 14, 15: what holds over a whole history of calls, as far as no process has to be killed for it.</summary>
internal static class ReliabilityScenarios
{
    private const int CallsOfEachCaller = 12;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R1", "Acknowledged is durable: after a restart every acknowledged append is there, byte for byte", AcknowledgedSurvives, JournalCapabilities.Restart),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R2", "Failed is absent, unknown is there at most once", FailedIsAbsent),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R3", "Many writers on one stream: versions 1 to n, one winner for each", OneWinnerForEachVersion),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R5", "A lost response is answered from the first append, also without an expectation, also while others write", LostResponse),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R5", "A lost response is answered from the first append after a restart", LostResponseAndRestart, JournalCapabilities.Restart),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R14", "Replay is a function: every path, page size and direction folds to the same state", ReplayIsAFunction),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R15", "Bytes in are bytes out, over random content in every column", BytesInBytesOut),
        ConformanceScenario.Of(ConformanceGroup.Reliability, "R15", "Bytes in are bytes out after a restart", BytesAfterARestart, JournalCapabilities.Restart),
    ];

    private static async Task AcknowledgedSurvives(JournalUnderTest journal)
    {
        var outcomes = new List<Outcome>();
        for (var round = 0; round < journal.Settings.Rounds; round++)
        {
            outcomes.AddRange(await RandomCalls(journal).ConfigureAwait(false));
            await journal.Restart().ConfigureAwait(false);
            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        }
    }

    private static async Task FailedIsAbsent(JournalUnderTest journal)
    {
        var outcomes = await RandomCalls(journal).ConfigureAwait(false);
        Promise.That(outcomes.Any(outcome => outcome.Error is WrongExpectedVersionException), "conflicts are told", "no call of many that expected what could not be ended in a conflict");

        // Every unknown outcome is known once a later append is answered.
        await journal.Append(Appends.To(StreamOf(0), Any)).ConfigureAwait(false);
        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task OneWinnerForEachVersion(JournalUnderTest journal)
    {
        var stream = StreamOf(0);
        var winners = new ConcurrentQueue<(StreamVersion Expected, int Writer)>();
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, journal.Settings.Writers, all, async (writer, cancellationToken) =>
        {
            StreamVersion known = 0;
            for (var call = 0; call < CallsOfEachCaller; call++)
            {
                var outcome = await journal.Try(Appends.To(stream, At(known), note: $"{writer}-{call}-"), cancellationToken).ConfigureAwait(false);
                if (outcome.Result is { } result)
                {
                    winners.Enqueue((known, writer));
                    known = result.Version;
                }
                else
                {
                    known = outcome.Error is WrongExpectedVersionException conflict
                        ? conflict.Actual
                        : throw new ConformanceException("a writer that lost is told of the conflict", $"{outcome.Error}");
                }

                await Task.Yield();
            }
        }).ConfigureAwait(false);

        var versions = winners.Select(winner => winner.Expected.Value).Order().ToList();
        Promise.Same([.. Enumerable.Range(0, versions.Count).Select(i => (long)i)], versions, "one writer wins each version", "versions won");
        Promise.Equal(versions.Count, (await journal.Sound().ConfigureAwait(false)).Count, "one event for each winner", "events in the journal");
    }

    private static async Task LostResponse(JournalUnderTest journal)
    {
        var outcomes = new ConcurrentQueue<Outcome>();
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, journal.Settings.Writers, all, async (writer, cancellationToken) =>
        {
            for (var call = 0; call < CallsOfEachCaller; call++)
            {
                // The caller never learns the first answer, and asks until it has one.
                var append = Appends.To(StreamOf(call % 3), Any, 1 + (call % 2), Guid.CreateVersion7(), $"{writer}-{call}-");
                await journal.Try(append, cancellationToken).ConfigureAwait(false);
                var second = await journal.Try(append, cancellationToken).ConfigureAwait(false);
                Promise.That(second.Result is { WasStoredBefore: true }, "a lost response is answered from the first append", $"{second.Error?.Message ?? $"append {append.AppendId} was stored a second time"}");
                outcomes.Enqueue(second);
                await Task.Yield();
            }
        }).ConfigureAwait(false);

        var rows = await journal.Sound().ConfigureAwait(false);
        Promise.Equal(outcomes.Sum(outcome => outcome.Append.EventCount), rows.Count, "each append is stored once", "events in the journal");
        History.Check(outcomes, rows);
    }

    private static async Task LostResponseAndRestart(JournalUnderTest journal)
    {
        var appends = Enumerable.Range(0, journal.Settings.Writers).Select(i => Appends.To(StreamOf(i % 3), Any, 1 + (i % 2), Guid.CreateVersion7())).ToList();
        var first = await journal.AppendTogether(appends).ConfigureAwait(false);
        await journal.Restart().ConfigureAwait(false);
        var again = await journal.AppendTogether(appends).ConfigureAwait(false);
        foreach (var (before, after) in first.Zip(again))
        {
            Promise.That(after.Result is { WasStoredBefore: true }, "a lost response is answered after a restart, too", $"{after.Error?.Message ?? "the append was stored a second time"}");
            Promise.Equal(before.Result!.FirstPosition, after.Result!.FirstPosition, "the answer is the first one", "the first position");
        }

        History.Check(again, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task ReplayIsAFunction(JournalUnderTest journal)
    {
        await RandomCalls(journal).ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        foreach (var stream in rows.GroupBy(row => row.StreamId, StringComparer.Ordinal))
        {
            var expected = Fold(stream);
            foreach (var limit in new[] { 1, 3, rows.Count })
            {
                foreach (var direction in Enum.GetValues<ReadDirection>())
                {
                    var read = await InPages(journal, stream.Key, limit, direction).ConfigureAwait(false);
                    Promise.Equal(expected, Fold(direction == ReadDirection.Forwards ? read : read.Reverse()), "every way of reading a stream folds to the same state", $"the state of {stream.Key}, read {direction} in pages of {limit}");
                }
            }
        }
    }

    private static async Task BytesInBytesOut(JournalUnderTest journal)
    {
        var outcomes = await Fuzz(journal).ConfigureAwait(false);
        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task BytesAfterARestart(JournalUnderTest journal)
    {
        var outcomes = await Fuzz(journal).ConfigureAwait(false);
        await journal.Restart().ConfigureAwait(false);
        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<Outcome>> Fuzz(JournalUnderTest journal)
    {
        const int EventsOfEachAppend = 20;
        var appends = Enumerable.Range(0, Math.Max(1, journal.Settings.FuzzedEvents / EventsOfEachAppend))
            .Select(i => Appends.To(StreamOf(i % 4), Any, [.. Enumerable.Range(0, EventsOfEachAppend).Select(_ => Drafts.Next(journal.Random))]))
            .ToList();
        var outcomes = new List<Outcome>();
        foreach (var append in appends)
        {
            outcomes.Add(await journal.Try(append, journal.Cancellation).ConfigureAwait(false));
            Promise.That(outcomes[^1].IsStored, "whatever the content, it is stored", $"seed {journal.Settings.Seed}: {outcomes[^1].Error}");
        }

        return outcomes;
    }

    /// <summary>Many callers, each with calls that succeed, conflict or are given up.</summary>
    private static async Task<IReadOnlyList<Outcome>> RandomCalls(JournalUnderTest journal)
    {
        var outcomes = new ConcurrentQueue<Outcome>();
        var seeds = Enumerable.Range(0, journal.Settings.Writers).Select(_ => journal.Random.Next()).ToArray();
        var all = new ParallelOptions { MaxDegreeOfParallelism = journal.Settings.Writers, CancellationToken = journal.Cancellation };
        await Parallel.ForAsync(0, seeds.Length, all, async (caller, cancellationToken) =>
        {
            var random = new Random(seeds[caller]);
            for (var call = 0; call < CallsOfEachCaller; call++)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var stream = StreamOf(random.Next(5));
                var expected = random.Next(4) switch { 0 => At(random.Next(3)), 1 => Exists, _ => Any };
                var id = random.Next(2) == 0 ? Guid.CreateVersion7() : (Guid?)null;
                var append = random.Next(3) == 0
                    ? Appends.To((stream, expected, random.Next(1, 3)), (StreamOf(5 + random.Next(2)), Any, 1))
                    : Appends.To(stream, expected, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Drafts.Next(random))], id);
                var attempt = journal.Try(append, patience.Token);
                if (random.Next(6) == 0)
                {
                    await patience.CancelAsync().ConfigureAwait(false);
                }

                outcomes.Enqueue(await attempt.ConfigureAwait(false));
                await Task.Yield();
            }
        }).ConfigureAwait(false);
        return [.. outcomes];
    }

    private static async Task<IEnumerable<StoredRow>> InPages(JournalUnderTest journal, string stream, int limit, ReadDirection direction)
    {
        var rows = new List<StoredRow>();
        var query = new StoredQuery { Path = StoredPath.Stream, Key = stream, Until = long.MaxValue, Limit = limit, Direction = direction, Detail = StoredDetail.Fold };
        while (query.Until > 0 && await journal.Storage.Page(query, journal.Cancellation).ConfigureAwait(false) is [.., var last] page)
        {
            rows.AddRange(page);
            query = direction == ReadDirection.Forwards ? query with { After = last.Version } : query with { Until = last.Version - 1 };
        }

        return rows;
    }

    /// <summary>A fold that notices everything: the hash of all that a fold may read, in its order.</summary>
    private static string Fold(IEnumerable<StoredRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{row.StreamId} {row.Version} {row.Position} {row.Family} {row.Type} {row.SchemaVersion} {row.RecordedAt} {row.Data.Length} "));
            hash.AppendData(row.Data.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static StreamId StreamOf(int i) => new(Appends.Family, $"stream-{i}");
}
