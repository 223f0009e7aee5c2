namespace Nagare.Benchmarks.Measuring;

/// <summary>What an operation allocates, in bytes.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="ClientBytes">What the database's client allocates for the raw technique by itself, which is not held against the operation; 0 where all is.</param>
/// <param name="Most">What it may beyond that.</param>
/// <param name="Better">What it had better not exceed.</param>
internal sealed record Allocation(double Bytes, double ClientBytes, int Most, int Better);
