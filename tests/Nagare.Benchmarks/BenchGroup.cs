namespace Nagare.Benchmarks;

/// <summary>Comparisons that belong together and are measured in one go.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Run">Measures and prints; whether every floor held.</param>
/// <param name="IsOnDemand">Whether it only runs when it is named.</param>
internal sealed record BenchGroup(string Name, Func<BenchOptions, TextWriter, Task<bool>> Run, bool IsOnDemand = false);
