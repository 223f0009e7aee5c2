namespace Nagare.Torture;

/// <summary>Puts a bad network between writers and their server, and checks what they were told; again and again.</summary>
public static class ProxyRun
{
    private const int CyclesOfOneJournal = 10;
    private const int AnswersOfOneCycle = 150;
    private const int RequestsToOneFault = 25;
    private const int MaxDelayMilliseconds = 120;

    private static readonly Fault[] Faults = [Fault.LoseRequest, Fault.LoseResponse, Fault.DelayRequest];
    private static readonly TimeSpan PatienceWithWriters = TimeSpan.FromSeconds(120);

    /// <summary>Runs until this many exchanges were struck.</summary>
    /// <param name="backend">A database behind a network; its server has to be there.</param>
    /// <param name="faults">How many faults, at least.</param>
    /// <param name="seed">What the random choices follow from.</param>
    /// <param name="retriesBlindly">Whether the writers are sabotaged, to see that it is caught: they ask again under another id.</param>
    /// <param name="progress">Told the counts after each cycle.</param>
    public static async Task<TortureReport> Run(Backend backend, int faults, int seed, bool retriesBlindly = false, Action<TortureReport>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        var report = new TortureReport();
        var random = new Random(seed);
        while (report.Cycles < faults)
        {
            await using var place = await backend.NewPlace(backend.Server!);
            var (rows, hash) = (0, TortureAppend.HashOf([]));
            for (var i = 0; i < CyclesOfOneJournal && report.Cycles < faults; i++)
            {
                var history = await WriteThroughFaults(backend, place.Address, report, random, retriesBlindly);
                (rows, hash) = await HistoryCheck.Run(backend, place.Address, report, history, rows, hash);
                progress?.Invoke(report);
            }
        }

        return report;
    }

    private static async Task<CallHistory> WriteThroughFaults(Backend backend, string address, TortureReport report, Random random, bool retriesBlindly)
    {
        var choices = new Random(random.Next());
        await using var proxy = new BadNetwork(backend.EndPointOf(address)!, Next, () => TimeSpan.FromMilliseconds(Random.Shared.Next(MaxDelayMilliseconds)));
        var history = new CallHistory();
        var answers = 0;
        var journal = backend.Journal(backend.At(address, proxy.EndPoint));
        await using (journal)
        {
            await journal.Open(default);
            proxy.IsArmed = true;
            var callers = new Callers(retriesBlindly ? new BlindRetry(journal) : journal, Callers.Usual, random.Next(ChildProcess.MaxSeed), Tell);
            await callers.Run(() => Volatile.Read(ref answers) >= AnswersOfOneCycle).WaitAsync(PatienceWithWriters);
            proxy.IsArmed = false;
        }

        report.Strike("requests lost", proxy.Struck(Fault.LoseRequest));
        report.Strike("responses lost", proxy.Struck(Fault.LoseResponse));
        report.Strike("requests delayed", proxy.Struck(Fault.DelayRequest));
        return history;

        Fault Next()
        {
            lock (choices)
            {
                return choices.Next(RequestsToOneFault) == 0 ? Faults[choices.Next(Faults.Length)] : Fault.None;
            }
        }

        void Tell(string line)
        {
            lock (history)
            {
                history.Add(line);
                if (line.StartsWith("ok ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref answers);
                }
            }
        }
    }
}
