namespace Nagare.Benchmarks.Measuring;

/// <summary>A variant against a base, with the ratio it must reach.</summary>
/// <param name="Target">The target's name in the list of targets, or what it is about.</param>
/// <param name="Base">The raw technique.</param>
/// <param name="Variant">Ours.</param>
/// <param name="Floor">The ratio below which the run fails; null where the ratio is only reported.</param>
/// <param name="Goal">The ratio worth reaching.</param>
/// <param name="Unit">What is counted a second.</param>
internal sealed record Comparison(string Target, Variant Base, Variant Variant, double? Floor, double? Goal, string Unit = "events/s")
{
    /// <summary>Whether floor and goal count here; otherwise they are another database's, and what it came to is reported.</summary>
    public bool IsJudged { get; init; } = true;
}

/// <summary>What a comparison came to.</summary>
internal sealed record Verdict(Comparison Comparison, double BaseMedian, double VariantMedian, double Ratio, double LowestRatio, double HighestRatio, int Rounds)
{
    /// <summary>How long an operation of each took its caller, where that was measured.</summary>
    public Latencies? BaseLatencies { get; init; }

    /// <inheritdoc cref="BaseLatencies"/>
    public Latencies? VariantLatencies { get; init; }

    public bool HoldsFloor => !Comparison.IsJudged || Comparison.Floor is not { } floor || Ratio >= floor;

    public bool ReachesGoal => Comparison.Goal is not { } goal || Ratio >= goal;
}
