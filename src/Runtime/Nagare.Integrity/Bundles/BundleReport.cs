namespace Nagare;

/// <summary>What a bundle shows.</summary>
/// <param name="Checkpoint">The checkpoint under which it stands; null where the bundle could not even be read so far.</param>
/// <param name="Key">The key by which the checkpoint counted.</param>
/// <param name="Events">How many events were proven.</param>
/// <param name="Complete">What the bundle was shown to be complete for, up to the checkpoint; null where it claims no completeness or is not valid.</param>
/// <param name="Erased">Positions whose payload is gone: their places are proven, not their content.</param>
/// <param name="Problems">What is wrong with it, each a sentence without its full stop; empty for a bundle that holds.</param>
public sealed record BundleReport(SignedCheckpoint? Checkpoint, VerifierKey? Key, long Events, JournalKey? Complete, IReadOnlyList<Position> Erased, IReadOnlyList<string> Problems)
{
    /// <summary>Whether everything in the bundle is proven, and it is complete where it claims to be.</summary>
    public bool IsValid => Problems.Count == 0;
}
