using System.Globalization;

namespace Nagare.Torture;

/// <summary>Starts a writing process, kills it in the middle of its work, reopens what it left and checks it; again and again.</summary>
public static class KillRun
{
    // A journal is killed over and over, so that recovery meets recovered files; a new one now and then keeps the check quick.
    private const int CyclesOfOneJournal = 20;

    /// <summary>How many calls and answers a process gets to tell at most, unless said otherwise.</summary>
    public const int MaxLinesBeforeTheKill = 600;

    /// <summary>Runs the cycles.</summary>
    /// <param name="backend">Where the journal is; its server has to be there.</param>
    /// <param name="cycles">How many kills.</param>
    /// <param name="seed">What the random choices follow from; when a kill strikes is up to the machine all the same.</param>
    /// <param name="acknowledgesEarly">Whether the journal is sabotaged, to see that it is caught.</param>
    /// <param name="maxLines">How many calls and answers each process gets to tell before it is killed, at most.</param>
    /// <param name="progress">Told the counts after each cycle.</param>
    public static async Task<TortureReport> Run(Backend backend, int cycles, int seed, bool acknowledgesEarly = false, int maxLines = MaxLinesBeforeTheKill, Action<TortureReport>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        var report = new TortureReport();
        var random = new Random(seed);
        while (report.Cycles < cycles)
        {
            await using var place = await backend.NewPlace(backend.Server!);
            var (rows, hash) = (0, TortureAppend.HashOf([]));
            for (var i = Math.Min(CyclesOfOneJournal, cycles - report.Cycles); i > 0; i--)
            {
                var history = await WriteAndKill(backend, place.Address, random, acknowledgesEarly, maxLines);
                report.Strike("writing processes killed");
                (rows, hash) = await HistoryCheck.Run(backend, place.Address, report, history, rows, hash);
                progress?.Invoke(report);
            }
        }

        return report;
    }

    private static async Task<CallHistory> WriteAndKill(Backend backend, string address, Random random, bool acknowledgesEarly, int maxLines)
    {
        var history = new CallHistory();
        string[] sabotage = acknowledgesEarly ? ["--sabotage"] : [];
        using var process = ChildProcess.Start(["write", backend.Name, address, random.Next(ChildProcess.MaxSeed).ToString(CultureInfo.InvariantCulture), .. sabotage]);
        var linesLeft = random.Next(1, maxLines);
        var lines = new ChildProcess.Lines(process.StandardOutput);
        while (await lines.Next() is { } line)
        {
            history.Add(line);

            // What the process still said before the signal reached it counts, too: reading goes on to the end of the pipe.
            if (--linesLeft == 0)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        return linesLeft <= 0 ? history : throw new InvalidOperationException($"The writing process ended by itself, with code {process.ExitCode}.");
    }
}
