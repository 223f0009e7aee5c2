namespace Nagare;

/// <summary>What to verify, and how.</summary>
public sealed record IntegrityCheck
{
    /// <summary>Which part of the journal. Everything is the only scope by which a deletion of any event is found; a part says that what it holds is what the checkpoint covers.</summary>
    public JournalScope Scope { get; init; } = JournalScope.Everything;

    /// <summary>What to measure by: a checkpoint from outside the database. Null, and only accidents are found.</summary>
    public SignedCheckpoint? Checkpoint { get; init; }

    /// <summary>Told where it stands after each run of events, with the token to go on from there.</summary>
    public IProgress<IntegrityProgress>? Progress { get; init; }

    /// <summary>The most events of one call, from 1, rounded up to whole runs of 4,096; what is left is continued with <see cref="IntegrityReport.Token"/>. Of everything only.</summary>
    public long MaxEvents { get; init; } = long.MaxValue;

    /// <summary>The token of a call, or of its progress, to go on from. Of everything only, with the same checkpoint.</summary>
    public string? Token { get; init; }
}

/// <summary>How far a verification is.</summary>
/// <param name="Position">The last position that was compared.</param>
/// <param name="Last">The last position there is to compare.</param>
/// <param name="Findings">How many findings there are so far in this call.</param>
/// <param name="Token">Goes on from here, in this process or another.</param>
public sealed record IntegrityProgress(Position Position, Position Last, int Findings, string Token);
