namespace Nagare.Benchmarks.Measuring;

/// <summary>One way to do a piece of work; a comparison runs all of its variants in every round.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">Does the work for about the given time, or once where the work has a size of its own, and says how much it did.</param>
internal sealed record Variant(string Name, Func<TimeSpan, Task<Sample>> Run)
{
    /// <summary>The same work, its rate by this process's processor time instead of the clock's.</summary>
    public Variant ByProcessorTime() => new($"{Name}, processor time", async slot =>
    {
        var sample = await Run(slot);
        return new Sample(sample.Operations, sample.Processor ?? throw new InvalidOperationException($"'{Name}' does not measure its processor time."));
    });
}

/// <summary>What one variant did in one round.</summary>
/// <param name="Operations">How many events, appends or files.</param>
/// <param name="Elapsed">How long that took.</param>
internal sealed record Sample(long Operations, TimeSpan Elapsed)
{
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    /// <summary>How long each operation took its caller, where that was measured.</summary>
    public Latencies? Latencies { get; init; }

    /// <summary>What all of them took this process's processors, where that was measured.</summary>
    public TimeSpan? Processor { get; init; }

    /// <summary>What all of them allocated in this process, where that was measured.</summary>
    public long? AllocatedBytes { get; init; }
}
