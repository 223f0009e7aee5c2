namespace Nagare.Benchmarks;

/// <summary>Comparisons that belong together and are measured in one go.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Run">Measures and prints; whether every floor held.</param>
internal sealed record BenchGroup(string Name, Func<BenchOptions, TextWriter, Task<bool>> Run);
