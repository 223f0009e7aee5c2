using System.Diagnostics;

namespace Nagare.Benchmarks.Measuring;

/// <summary>Callers that each make one call after the other until the time is over.</summary>
internal static class Callers
{
    /// <summary>Runs them side by side. Besides the rate, the sample has how long a call took, and what all of them cost this process.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="slot">For how long.</param>
    /// <param name="call">One call, given the caller's number and how many calls it has made before.</param>
    /// <param name="operationsEach">What one call counts for.</param>
    public static async Task<Sample> Run(int callers, TimeSpan slot, Func<int, int, Task> call, int operationsEach = 1)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var own = new Latencies();
            var count = 0;
            while (watch.Elapsed < slot)
            {
                var begun = Stopwatch.GetTimestamp();
                await call(caller, count++);
                own.Add(Stopwatch.GetElapsedTime(begun));
            }

            return own;
        }));
        var elapsed = watch.Elapsed;
        var all = Latencies.Together(latencies);
        return new Sample(all.Count * operationsEach, elapsed)
        {
            Latencies = all,
            Processor = Environment.CpuUsage.TotalTime - processor,
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - allocated,
        };
    }
}
