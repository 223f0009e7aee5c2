using System.Collections.Concurrent;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A few callers that append at the same time, and tell each call and each answer in a line of its own.</summary>
/// <param name="journal">Where they append.</param>
/// <param name="count">How many they are.</param>
/// <param name="seed">What their choices follow from.</param>
/// <param name="tell">Takes the lines, from any of them.</param>
internal sealed class Callers(IJournalStorage journal, int count, int seed, Action<string> tell)
{
    /// <summary>How many callers a writing process has.</summary>
    public const int Usual = 8;

    // Whoever is told at once that the database is down would ask without a pause.
    private static readonly TimeSpan PauseWhileUnavailable = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, long> _known = new();

    /// <summary>Appends until it is over, and at the most so many times for each caller.</summary>
    public Task Run(Func<bool> isOver, long appends = long.MaxValue) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(caller => Call(new Random((seed * Usual) + caller), isOver, appends)));

    private async Task Call(Random random, Func<bool> isOver, long appends)
    {
        await Task.Yield();
        for (var i = 0L; i < appends && !isOver(); i++)
        {
            var append = TortureAppend.Next(random, _known);
            using var cancellation = new CancellationTokenSource();
            tell($"invoke {append} {append.PayloadHash}");
            try
            {
                var answer = journal.Append(append.Prepare(), cancellation.Token);
                if (random.Next(20) == 0)
                {
                    await cancellation.CancelAsync();
                }

                var result = await answer;
                foreach (var stream in result.Streams)
                {
                    _known[stream.StreamId.ToString()] = stream.Version.Value;
                }

                tell($"ok {append.Id} {result.FirstPosition}");
            }
            catch (WrongExpectedVersionException conflict)
            {
                _known[conflict.StreamId.ToString()] = conflict.Actual.Value;
                tell($"fail {append.Id}");
            }
            catch (Exception refusal) when (refusal is OperationCanceledException or JournalBusyException)
            {
                tell($"fail {append.Id}");
            }
            catch (JournalUnavailableException)
            {
                tell($"fail {append.Id}");
                await Task.Delay(PauseWhileUnavailable);
            }
            catch (AppendOutcomeUnknownException)
            {
                tell($"unknown {append.Id}");
            }
        }
    }
}
