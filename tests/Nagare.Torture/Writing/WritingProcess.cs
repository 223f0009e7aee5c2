namespace Nagare.Torture;

/// <summary>A process in which a few callers append, and tell each call and each answer on its standard output.</summary>
internal static class WritingProcess
{
    /// <summary>What a process that shares the journal says when it could begin. It then waits for a line, so that all begin at once, and ends at the next.</summary>
    public const string Ready = "ready";

    /// <summary>Appends without end, to be killed.</summary>
    public static Task<int> Run(Backend backend, string address, int seed, bool acknowledgesEarly) => Write(backend, address, seed, long.MaxValue, isShared: false, acknowledgesEarly);

    /// <summary>Appends while others write the same journal, until it is told to end, and at the most so many times for each caller.</summary>
    public static Task<int> Share(Backend backend, string address, int seed, int appends) => Write(backend, address, seed, appends, isShared: true, acknowledgesEarly: false);

    private static async Task<int> Write(Backend backend, string address, int seed, long appends, bool isShared, bool acknowledgesEarly)
    {
        await using var journal = backend.Journal(address);
        await journal.Open(default);
        await using var output = Console.OpenStandardOutput();
        await using var writer = new StreamWriter(output) { AutoFlush = true };
        using var input = new StreamReader(Console.OpenStandardInput());
        Task end = Task.Delay(Timeout.Infinite);
        if (isShared)
        {
            Tell(Ready);
            await input.ReadLineAsync();
            end = input.ReadLineAsync();
        }

        var storage = acknowledgesEarly ? new EarlyAcknowledgement(journal) : journal;
        await new Callers(storage, Callers.Usual, seed, Tell).Run(() => end.IsCompleted, appends);
        return 0;

        void Tell(string line)
        {
            lock (writer)
            {
                writer.Write(line + "\n");
            }
        }
    }
}
