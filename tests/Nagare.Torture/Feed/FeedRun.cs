using System.Globalization;

namespace Nagare.Torture;

/// <summary>32 writers in several processes, and readers that must see every event once and in order: whoever conflicts, gives up, stands idle or holds everybody up meanwhile.</summary>
public static class FeedRun
{
    private const int Processes = 4;
    private const int WritersOfEach = 8;
    private const int TailingReaders = 2;
    private const int IdleBystanders = 2;

    // Longer than any run that waits for its appends; a server that is slower than that has another trouble.
    private static readonly TimeSpan MostTimeForAppends = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RestartEvery = TimeSpan.FromSeconds(0.7);

    /// <summary>Runs writers and readers.</summary>
    /// <param name="backend">Where the journal is; its server has to be there.</param>
    /// <param name="duration">How long the writers write.</param>
    /// <param name="seed">What the random choices follow from.</param>
    /// <param name="takesPositionsUnlocked">Whether the journal is sabotaged, to see that it is caught.</param>
    /// <param name="atLeast">How many appends they make all the same where the server is slow.</param>
    public static async Task<FeedReport> Run(Backend backend, TimeSpan duration, int seed, bool takesPositionsUnlocked = false, int atLeast = 0)
    {
        ArgumentNullException.ThrowIfNull(backend);
        await using var place = await backend.NewPlace(backend.Server!);
        await using (var journal = backend.Journal(place.Address))
        {
            await journal.Open(default);
        }

        var counter = takesPositionsUnlocked ? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) : null;
        try
        {
            return await Run(backend, place.Address, duration, new Random(seed), counter, atLeast);
        }
        finally
        {
            if (counter is not null)
            {
                File.Delete(counter);
            }
        }
    }

    private static async Task<FeedReport> Run(Backend backend, string address, TimeSpan duration, Random random, string? counter, int atLeast)
    {
        var writers = Enumerable.Range(0, Processes).Select(_ => new Writers(backend, address, random.Next(ChildProcess.MaxSeed), counter)).ToList();
        await Task.WhenAll(writers.Select(process => process.IsReady()));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tailing = Enumerable.Range(0, TailingReaders).Select(_ => new TailingReader(() => backend.Journal(address), random.Next())).ToList();
        var restarted = new TailingReader(() => backend.Journal(address), random.Next());
        var late = new TailingReader(() => backend.Journal(address), random.Next());
        using var end = new CancellationTokenSource();
        List<Task> bystanders = [.. Enumerable.Range(0, IdleBystanders).Select(_ => Bystanders.StandIdle(backend, address, end.Token))];
        // What a saboteur's writers do not wait for cannot be held open.
        var holding = counter is null ? Bystanders.HoldOpen(backend, address, new Random(random.Next()), end.Token) : Task.FromResult(0);

        List<Task> reading = [.. tailing.Select(reader => reader.Run(ended.Task)), restarted.Run(ended.Task, RestartEvery)];
        var started = TimeProvider.System.GetTimestamp();
        var writing = writers.Select(process => process.Write()).ToList();
        await Task.Delay(duration / 2);
        reading.Add(late.Run(ended.Task));
        await Task.Delay(duration - TimeProvider.System.GetElapsedTime(started));
        while (writers.Sum(process => process.Acknowledged.Count) < atLeast && TimeProvider.System.GetElapsedTime(started) < MostTimeForAppends)
        {
            await Task.Delay(RestartEvery);
        }

        writers.ForEach(process => process.End());
        await Task.WhenAll(writing);
        var wrote = TimeProvider.System.GetElapsedTime(started);
        await end.CancelAsync();
        await Task.WhenAll(bystanders);
        var held = await holding;
        ended.SetResult();
        await Task.WhenAll(reading);

        var afterwards = new TailingReader(() => backend.Journal(address), random.Next());
        await afterwards.Run(Task.CompletedTask);
        return Compare(wrote, [.. writers.SelectMany(process => process.Acknowledged)], writers.Sum(process => process.Conflicts), held, tailing, [.. tailing, restarted, late], afterwards);
    }

    private static FeedReport Compare(
        TimeSpan duration,
        List<(long First, int Count, long Ticks)> acknowledged,
        int conflicts,
        int held,
        List<TailingReader> tailing,
        List<TailingReader> all,
        TailingReader afterwards)
    {
        var stored = afterwards.Seen.Select(e => e.Position).ToHashSet();
        var toldAt = new Dictionary<long, long>();
        foreach (var (first, count, ticks) in acknowledged)
        {
            for (var i = 0; i < count; i++)
            {
                toldAt[first + i] = ticks;
            }
        }

        var lags = tailing.SelectMany(reader => reader.Seen).Where(e => toldAt.ContainsKey(e.Position)).Select(e => Math.Max(0, e.At.Ticks - toldAt[e.Position])).Order().ToList();
        return new FeedReport
        {
            Duration = duration,
            Acknowledged = toldAt.Count,
            Stored = stored.Count,
            Conflicts = conflicts,
            HeldOpen = held,
            Restarts = all.Sum(reader => reader.Restarts),
            Missed = all.Sum(reader => stored.Count - reader.Seen.Select(e => e.Position).Where(stored.Contains).Distinct().Count()),
            Doubled = all.Append(afterwards).Sum(reader => reader.Seen.Count - reader.Seen.Select(e => e.Position).Distinct().Count()),
            OutOfOrder = all.Append(afterwards).Sum(OutOfOrder),
            Lost = toldAt.Keys.Count(position => !stored.Contains(position)),
            LagP50 = Percentile(lags, 50),
            LagP99 = Percentile(lags, 99),
        };
    }

    private static int OutOfOrder(TailingReader reader)
    {
        var (count, last) = (0, 0L);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var e in reader.Seen)
        {
            if (e.Position <= last || e.Version <= versions.GetValueOrDefault(e.StreamId))
            {
                count++;
            }

            (last, versions[e.StreamId]) = (e.Position, e.Version);
        }

        return count;
    }

    private static TimeSpan Percentile(List<long> sorted, int percent) => sorted.Count == 0 ? default : TimeSpan.FromTicks(sorted[(sorted.Count - 1) * percent / 100]);

    private sealed class Writers(Backend backend, string address, int seed, string? counter)
    {
        private readonly System.Diagnostics.Process _process = ChildProcess.Start(
        [
            "feed-write", backend.Name, address, seed.ToString(CultureInfo.InvariantCulture), WritersOfEach.ToString(CultureInfo.InvariantCulture), .. counter is null ? Array.Empty<string>() : [counter],
        ]);

        private ChildProcess.Lines? _lines;

        public List<(long First, int Count, long Ticks)> Acknowledged { get; } = [];

        public int Conflicts { get; private set; }

        public async Task IsReady()
        {
            _lines = new ChildProcess.Lines(_process.StandardOutput);
            if (await _lines.Next() is not WritingProcess.Ready)
            {
                throw new InvalidOperationException("A writing process did not come as far as its first append.");
            }
        }

        public async Task Write()
        {
            using var process = _process;
            await process.StandardInput.WriteLineAsync("begin");
            while (await _lines!.Next() is { } line)
            {
                switch (line.Split(' '))
                {
                    case ["ok", var first, var count, var ticks]:
                        Acknowledged.Add((long.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), long.Parse(ticks, CultureInfo.InvariantCulture)));
                        break;
                    case ["conflict"]:
                        Conflicts++;
                        break;
                }
            }

            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"A writing process failed with code {process.ExitCode}.");
            }
        }

        public void End() => _process.StandardInput.Close();
    }
}
