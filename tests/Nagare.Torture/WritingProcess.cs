using System.Collections.Concurrent;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>The process that is killed: a few callers append without end and tell each call and each answer in a line of its own.</summary>
internal static class WritingProcess
{
    private const int Callers = 8;

    public static async Task<int> Run(string path, int seed, bool acknowledgesEarly)
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={path}" });
        await journal.Open(default);
        IJournalStorage storage = acknowledgesEarly ? new EarlyAcknowledgement(journal) : journal;
        await using var output = Console.OpenStandardOutput();
        await using var writer = new StreamWriter(output) { AutoFlush = true };
        var known = new ConcurrentDictionary<string, long>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Call(storage, writer, new Random((seed * Callers) + caller), known)));
        return 0;
    }

    private static async Task Call(IJournalStorage storage, StreamWriter writer, Random random, ConcurrentDictionary<string, long> known)
    {
        await Task.Yield();
        while (true)
        {
            var append = TortureAppend.Next(random, known);
            using var cancellation = new CancellationTokenSource();
            Tell(writer, $"invoke {append} {append.PayloadHash}");
            try
            {
                var answer = storage.Append(append.Prepare(), cancellation.Token);
                if (random.Next(20) == 0)
                {
                    await cancellation.CancelAsync();
                }

                var result = await answer;
                foreach (var stream in result.Streams)
                {
                    known[stream.StreamId.ToString()] = stream.Version.Value;
                }

                Tell(writer, $"ok {append.Id} {result.FirstPosition}");
            }
            catch (WrongExpectedVersionException conflict)
            {
                known[conflict.StreamId.ToString()] = conflict.Actual.Value;
                Tell(writer, $"fail {append.Id}");
            }
            catch (OperationCanceledException)
            {
                Tell(writer, $"fail {append.Id}");
            }
            catch (AppendOutcomeUnknownException)
            {
                Tell(writer, $"unknown {append.Id}");
            }
        }
    }

    private static void Tell(StreamWriter writer, string line)
    {
        lock (writer)
        {
            writer.Write(line + "\n");
        }
    }
}
