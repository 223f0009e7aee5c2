using System.Collections.Concurrent;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>A process in which a few callers append, and tell each call and each answer in a line of its own.</summary>
internal static class WritingProcess
{
    /// <summary>What a process that shares the file says when it could begin. It then waits for a line, so that all begin at once, and ends at the next.</summary>
    public const string Ready = "ready";

    private const int Callers = 8;

    /// <summary>Appends without end, to be killed.</summary>
    public static Task<int> Run(string path, int seed, bool acknowledgesEarly) => Write(path, seed, long.MaxValue, isShared: false, acknowledgesEarly);

    /// <summary>Appends while others write the same file, until it is told to end, and at the most so many times for each caller.</summary>
    public static Task<int> Share(string path, int seed, int appends) => Write(path, seed, appends, isShared: true, acknowledgesEarly: false);

    private static async Task<int> Write(string path, int seed, long appends, bool isShared, bool acknowledgesEarly)
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions { ConnectionString = $"Data Source={path}" });
        await journal.Open(default);
        IJournalStorage storage = acknowledgesEarly ? new EarlyAcknowledgement(journal) : journal;
        await using var output = Console.OpenStandardOutput();
        await using var writer = new StreamWriter(output) { AutoFlush = true };
        using var input = new StreamReader(Console.OpenStandardInput());
        Task end = Task.Delay(Timeout.Infinite);
        if (isShared)
        {
            Tell(writer, Ready);
            await input.ReadLineAsync();
            end = input.ReadLineAsync();
        }

        var known = new ConcurrentDictionary<string, long>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Call(storage, writer, new Random((seed * Callers) + caller), known, appends, end)));
        return 0;
    }

    private static async Task Call(IJournalStorage storage, StreamWriter writer, Random random, ConcurrentDictionary<string, long> known, long appends, Task end)
    {
        await Task.Yield();
        for (var i = 0L; i < appends && !end.IsCompleted; i++)
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
            catch (Exception refusal) when (refusal is OperationCanceledException or JournalBusyException)
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
