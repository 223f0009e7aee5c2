using System.Numerics;

namespace Nagare.Benchmarks.Measuring;

/// <summary>How long operations took, counted in buckets a few percent wide: adding one costs nanoseconds and no memory.</summary>
internal sealed class Latencies
{
    // Each doubling is cut into 16, so a figure is at most 1/16 too high.
    private const int StepBits = 4;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[64 * Steps];

    public long Count { get; private set; }

    public void Add(TimeSpan latency)
    {
        _counts[Bucket((ulong)Math.Max(0, latency.Ticks))]++;
        Count++;
    }

    public void Add(Latencies others)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += others._counts[i];
        }

        Count += others.Count;
    }

    /// <summary>What several callers measured, as one.</summary>
    public static Latencies Together(IEnumerable<Latencies> callers)
    {
        var all = new Latencies();
        foreach (var caller in callers)
        {
            all.Add(caller);
        }

        return all;
    }

    /// <summary>The time within which this share of the operations was done.</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan Within(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        long met = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            met += _counts[i];
            if (met >= wanted && met > 0)
            {
                return new TimeSpan((long)UpperEnd(i));
            }
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(ulong ticks)
    {
        if (ticks < Steps)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2(ticks) - StepBits;
        return ((shift + 1) << StepBits) + (int)((ticks >> shift) - Steps);
    }

    private static ulong UpperEnd(int bucket)
    {
        if (bucket < Steps)
        {
            return (ulong)bucket;
        }

        var shift = (bucket >> StepBits) - 1;
        return (((ulong)(bucket & (Steps - 1)) + Steps + 1) << shift) - 1;
    }
}
