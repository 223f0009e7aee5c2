namespace Nagare;

/// <summary>Shows that a journal is what a checkpoint said it was, or where it is not.</summary>
/// <remarks>
/// Up to the newest checkpoint that is kept outside the database every event that was changed, inserted, deleted or cut off is detected, and
/// located where the stored nodes still agree with the checkpoint; after that checkpoint, only accidents. docs/integrity.md says it exactly.
/// </remarks>
public interface IIntegrity
{
    /// <summary>Builds the stored tree behind the head, as far as it is complete. Resumable, idempotent; several may build at once. Returns up to which position.</summary>
    /// <exception cref="IntegrityException">An event is missing or is not what its hash says.</exception>
    ValueTask<Position> Build(CancellationToken cancellationToken = default);

    /// <summary>Signs what the journal is now. Keep the text outside the database: it is what later verifications are measured by.</summary>
    /// <exception cref="IntegrityException">An event is missing or is not what its hash says.</exception>
    /// <exception cref="InvalidOperationException">No signer was configured.</exception>
    ValueTask<SignedCheckpoint> Checkpoint(CancellationToken cancellationToken = default);

    /// <summary>Shows that an event stands in the journal of a checkpoint. Reads one row of the tree for each 256-fold of its size.</summary>
    /// <exception cref="EventNotFoundException">There is no such event.</exception>
    /// <exception cref="IntegrityException">The checkpoint does not count, does not reach to the event, or the journal no longer leads to it.</exception>
    ValueTask<InclusionProof> Prove(Guid eventId, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>Shows that the event at a position stands in the journal of a checkpoint.</summary>
    /// <exception cref="IntegrityException">There is no such event, the checkpoint does not count or does not reach to it, or the journal no longer leads to it.</exception>
    ValueTask<InclusionProof> Prove(Position position, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>Shows that a newer checkpoint's journal begins with all of an older one's, unchanged.</summary>
    /// <exception cref="IntegrityException">A checkpoint does not count, or the journal no longer leads to both: history was rewritten in between.</exception>
    ValueTask<ConsistencyProof> ProveConsistency(SignedCheckpoint older, SignedCheckpoint newer, CancellationToken cancellationToken = default);

    /// <summary>Compares a part of the journal, or all of it, with a checkpoint.</summary>
    /// <exception cref="IntegrityException">The checkpoint does not count: its signature, key or origin is not the configured one.</exception>
    ValueTask<IntegrityReport> Verify(JournalScope scope, SignedCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>Compares with progress, in portions, or without a checkpoint; see <see cref="IntegrityCheck"/>.</summary>
    /// <inheritdoc cref="Verify(JournalScope, SignedCheckpoint, CancellationToken)"/>
    ValueTask<IntegrityReport> Verify(IntegrityCheck check, CancellationToken cancellationToken = default);

    /// <summary>Writes events with their proofs as a bundle, which is verified without a database; see <see cref="BundleVerifier"/>. Returns how many events it holds.</summary>
    /// <param name="request">Which events, under which checkpoint.</param>
    /// <param name="target">Where to. It is left open; what an exception leaves behind is no bundle.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    /// <exception cref="IntegrityException">There is no event at a position asked for, the checkpoint does not count, or the journal no longer leads to it.</exception>
    ValueTask<long> WriteBundle(BundleRequest request, Stream target, CancellationToken cancellationToken = default);
}
