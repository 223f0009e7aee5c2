using System.Globalization;

namespace Nagare.Torture;

/// <summary>Several processes append to one journal at the same time and end; a further one, this, reads what they left and checks it.</summary>
public static class SharedRun
{
    // A process that is never let in by the others ends all the same.
    private const int MaxAppendsPerCaller = 5_000;

    /// <summary>Runs the processes until each has been acknowledged so many appends: whom the database lets in first is nobody's to say.</summary>
    /// <param name="backend">Where the journal is; its server has to be there.</param>
    /// <param name="processes">How many of them write.</param>
    /// <param name="acknowledgedOfEach">How many appends of each process are acknowledged at least.</param>
    /// <param name="seed">What the random choices follow from.</param>
    public static async Task<SharedReport> Run(Backend backend, int processes, int acknowledgedOfEach, int seed)
    {
        ArgumentNullException.ThrowIfNull(backend);
        await using var place = await backend.NewPlace(backend.Server!);
        await using (var journal = backend.Journal(place.Address))
        {
            await journal.Open(default);
        }

        var writers = Enumerable.Range(0, processes).Select(i => new Writer(backend, place.Address, (seed + i) % ChildProcess.MaxSeed)).ToList();
        await Task.WhenAll(writers.Select(writer => writer.IsReady()));
        var busy = processes;
        var histories = await Task.WhenAll(writers.Select(writer => writer.Write(acknowledgedOfEach, HasWrittenEnough)));

        var report = new TortureReport();
        report.Strike("journals shared");
        await HistoryCheck.Run(backend, place.Address, report, CallHistory.Join(histories), 0, TortureAppend.HashOf([]));
        return new SharedReport(report, [.. histories.Select(Acknowledged)]);

        void HasWrittenEnough()
        {
            if (Interlocked.Decrement(ref busy) == 0)
            {
                writers.ForEach(writer => writer.End());
            }
        }
    }

    private static IReadOnlyList<long> Acknowledged(CallHistory history) =>
        [.. history.Calls.Where(call => call.Answer == CallHistory.Answer.Acknowledged).Select(call => call.FirstPosition).Order()];

    private sealed class Writer(Backend backend, string address, int seed)
    {
        private readonly System.Diagnostics.Process _process = ChildProcess.Start(["share", backend.Name, address, seed.ToString(CultureInfo.InvariantCulture), MaxAppendsPerCaller.ToString(CultureInfo.InvariantCulture)]);
        private ChildProcess.Lines? _lines;

        public async Task IsReady()
        {
            _lines = new ChildProcess.Lines(_process.StandardOutput);
            if (await _lines.Next() is not WritingProcess.Ready)
            {
                throw new InvalidOperationException("The writing process did not come as far as its first append.");
            }
        }

        public async Task<CallHistory> Write(int enough, Action hasWrittenEnough)
        {
            using var process = _process;
            var history = new CallHistory();
            var acknowledged = 0;
            await process.StandardInput.WriteLineAsync("begin");
            while (await _lines!.Next() is { } line)
            {
                history.Add(line);
                if (line.StartsWith("ok ", StringComparison.Ordinal) && ++acknowledged == enough)
                {
                    hasWrittenEnough();
                }
            }

            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? history : throw new InvalidOperationException($"The writing process failed with code {process.ExitCode}.");
        }

        // Closing its input is the line it waits for.
        public void End() => _process.StandardInput.Close();
    }
}

/// <summary>What processes that wrote one journal left.</summary>
/// <param name="Report">The promises, counted over all of them.</param>
/// <param name="Positions">For each process, where its acknowledged appends begin.</param>
public sealed record SharedReport(TortureReport Report, IReadOnlyList<IReadOnlyList<long>> Positions)
{
    /// <summary>Whether each process wrote before every other one had ended.</summary>
    public bool IsInterleaved => Positions.All(own => own.Count > 0) && Positions.Max(own => own[0]) < Positions.Min(own => own[^1]);
}
