using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>Kills the database server while writers append, lets them go on when it is back, and checks what they were told; again and again.</summary>
public static class ServerRun
{
    private const int CyclesOfOneJournal = 5;
    private const int MaxAnswersBeforeTheKill = 150;
    private const int AnswersAfterwards = 40;

    // As long as a journal tries again by itself, and as long again for a server that recovers slowly on a busy machine.
    private static readonly TimeSpan PatienceWithWriters = TimeSpan.FromSeconds(120);

    /// <summary>Runs the cycles on a server of its own; null where this machine has none.</summary>
    /// <param name="backend">The database.</param>
    /// <param name="cycles">How many crashes.</param>
    /// <param name="seed">What the random choices follow from.</param>
    /// <param name="acknowledgesEarly">Whether the journal is sabotaged, to see that it is caught.</param>
    /// <param name="progress">Told the counts after each cycle.</param>
    public static async Task<TortureReport?> Run(Backend backend, int cycles, int seed, bool acknowledgesEarly = false, Action<TortureReport>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        await using var server = await DatabaseServer.Start(backend.Name);
        if (server is null)
        {
            return null;
        }

        var report = new TortureReport();
        var random = new Random(seed);
        while (report.Cycles < cycles)
        {
            await using var place = await backend.NewPlace(server.ConnectionString);
            var (rows, hash) = (0, TortureAppend.HashOf([]));
            for (var i = Math.Min(CyclesOfOneJournal, cycles - report.Cycles); i > 0; i--)
            {
                var history = await WriteThroughACrash(backend, server, place.Address, report, random, acknowledgesEarly);
                (rows, hash) = await HistoryCheck.Run(backend, place.Address, report, history, rows, hash);
                progress?.Invoke(report);
            }
        }

        return report;
    }

    private static async Task<CallHistory> WriteThroughACrash(Backend backend, DatabaseServer server, string address, TortureReport report, Random random, bool acknowledgesEarly)
    {
        // One writer that knows the head it left, or two that take it from each other: these say different things to the server.
        var journals = new List<IJournalStorage>();
        for (var i = 1 + (report.Cycles % 2); i > 0; i--)
        {
            journals.Add(backend.Journal(address, busyTimeout: TimeSpan.FromSeconds(30)));
            await journals[^1].Open(default);
        }

        var history = new CallHistory();
        var answers = 0;
        var due = random.Next(1, MaxAnswersBeforeTheKill);
        var isDue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isOver = false;
        try
        {
            var callers = journals.Select(journal => new Callers(acknowledgesEarly ? new EarlyAcknowledgement(journal) : journal, Callers.Usual / journals.Count, random.Next(ChildProcess.MaxSeed), Tell)).ToList();
            var writing = Task.WhenAll(callers.Select(caller => caller.Run(() => Volatile.Read(ref isOver))));
            await isDue.Task.WaitAsync(PatienceWithWriters);
            report.Strike(await Crash(backend, server, address, report.Cycles));
            lock (history)
            {
                due = answers + AnswersAfterwards;
                isDue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await isDue.Task.WaitAsync(PatienceWithWriters);
            Volatile.Write(ref isOver, true);
            await writing.WaitAsync(PatienceWithWriters);
        }
        finally
        {
            foreach (var journal in journals)
            {
                await journal.DisposeAsync();
            }
        }

        return history;

        void Tell(string line)
        {
            lock (history)
            {
                history.Add(line);
                if (line.StartsWith("ok ", StringComparison.Ordinal) && ++answers >= due)
                {
                    isDue.TrySetResult();
                }
            }
        }
    }

    // A server of many processes loses one of them, which makes it start over by itself, or all at once.
    private static async Task<string> Crash(Backend backend, DatabaseServer server, string address, int cycle)
    {
        if (cycle % 2 == 1 && await backend.FindSessionProcess(address) is { } processId)
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            process.Kill();
            return "server processes killed";
        }

        await server.Kill();
        return "servers killed";
    }
}
