using System.Diagnostics;

namespace Nagare.Benchmarks.Measuring;

/// <summary>Runs all variants of a group round by round in one process, in an order that rotates and turns around.</summary>
/// <remarks>
/// A machine drifts: its disk has moods, its clock speed changes. Variants that take turns meet the same weather, and the ratio is
/// taken within each round; its median over the rounds is the figure. Absolute figures are shown and never judged.
/// </remarks>
internal static class Interleaved
{
    /// <summary>Rounds that do not count. The runtime recompiles what runs often while it runs; after two, hardly anything is left to do.</summary>
    public const int WarmUpRounds = 2;

    public static async Task<IReadOnlyList<Verdict>> Run(IReadOnlyList<Comparison> all, BenchOptions options, Action<string> progress)
    {
        var (rounds, slot) = (options.Rounds, options.Slot);
        var comparisons = all.Where(comparison => comparison.Target.Contains(options.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        options.Results.NotePicked(comparisons.Count, all.Count);
        if (comparisons.Count == 0)
        {
            return [];
        }

        var variants = comparisons.SelectMany(comparison => new[] { comparison.Base, comparison.Variant }).Distinct().ToList();
        var samples = variants.ToDictionary(variant => variant, _ => new List<Sample>());

        // Code is compiled, compiled again by what it was seen to do, and caches are filled before anything counts.
        for (var i = 0; i < WarmUpRounds; i++)
        {
            foreach (var variant in variants)
            {
                await variant.Run(slot);
            }
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in Order(variants, round))
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var sample = await variant.Run(slot);
                samples[variant].Add(sample);
                progress($"round {round + 1}/{rounds}  {variant.Name}  {sample.PerSecond:N0}/s");
            }
        }

        return [.. comparisons.Select(comparison => Judge(comparison, samples[comparison.Base], samples[comparison.Variant]))];
    }

    /// <summary>Runs a fixed piece of work again and again until the time is over.</summary>
    public static Sample Repeat(TimeSpan slot, Func<long> work)
    {
        var watch = Stopwatch.StartNew();
        long operations = 0;
        do
        {
            operations += work();
        }
        while (watch.Elapsed < slot);
        return new Sample(operations, watch.Elapsed);
    }

    private static IEnumerable<Variant> Order(List<Variant> variants, int round)
    {
        var rotated = variants.Skip(round / 2 % variants.Count).Concat(variants.Take(round / 2 % variants.Count));
        return round % 2 == 0 ? rotated : rotated.Reverse();
    }

    /// <summary>What the rounds of a comparison come to: the ratio is taken within each, and its median is the figure.</summary>
    internal static Verdict Judge(Comparison comparison, IReadOnlyList<Sample> bases, IReadOnlyList<Sample> ours)
    {
        var ratios = ours.Zip(bases, static (mine, theirs) => mine.PerSecond / theirs.PerSecond).Order().ToList();
        return new Verdict(comparison, Median([.. bases.Select(PerSecond)]), Median([.. ours.Select(PerSecond)]), Median(ratios), ratios[0], ratios[^1], ratios.Count)
        {
            BaseLatencies = AllOf(bases),
            VariantLatencies = AllOf(ours),
        };

        static double PerSecond(Sample sample) => sample.PerSecond;
    }

    internal static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Latencies? AllOf(IReadOnlyList<Sample> samples)
    {
        var measured = samples.Select(sample => sample.Latencies).OfType<Latencies>().ToList();
        return measured.Count == 0 ? null : Latencies.Together(measured);
    }
}
