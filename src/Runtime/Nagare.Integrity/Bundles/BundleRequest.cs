namespace Nagare;

/// <summary>Which events a bundle is to hold, and under which checkpoint they are proven.</summary>
public sealed record BundleRequest
{
    /// <summary>The checkpoint; what is newer than it is left out.</summary>
    public required SignedCheckpoint Checkpoint { get; init; }

    /// <summary>All events of a stream, a correlation or a subject, with the proof that these are all. Null where <see cref="Positions"/> says which.</summary>
    public JournalKey? Key { get; init; }

    /// <summary>Single events, each at its position; the bundle claims no completeness.</summary>
    public IReadOnlyList<Position> Positions { get; init; } = [];
}
