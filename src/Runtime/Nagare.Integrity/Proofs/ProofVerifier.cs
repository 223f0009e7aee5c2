// The part that an auditor trusts: no database, no clock, no state. Each check is one line, and a test takes each away and sees the suite fail.
using Nagare.Storage;

namespace Nagare;

/// <summary>Verifies proofs against a key that the verifier holds, and nothing else.</summary>
/// <remarks>
/// A checkpoint counts when the key signed it and its origin is the key's name: a checkpoint of another journal does not, even where the same
/// hand signed both.
/// </remarks>
public static class ProofVerifier
{
    /// <summary>Whether an event stands, whole and unchanged, at the proof's position of the journal that the key signed.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="envelope">The event as one line of JSON: a line of an export, or what a bundle holds (see <see cref="EventLine"/>).</param>
    /// <param name="key">The key that the verifier trusts.</param>
    public static bool Verify(InclusionProof proof, ReadOnlySpan<byte> envelope, VerifierKey key) => Refusal(proof, envelope, key) is null;

    /// <summary>
    /// Whether an event with this content hash stood at the proof's position, in this stream, at this version and time. For events whose payload was
    /// erased: payload, type, actor, subject and all else that the content hash covers are not shown by this.
    /// </summary>
    /// <inheritdoc cref="Verify(InclusionProof, ReadOnlySpan{byte}, VerifierKey)"/>
    public static bool VerifyPlace(InclusionProof proof, ReadOnlySpan<byte> envelope, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return TryRead(envelope, out var row) is null && (Refusal(proof.Checkpoint, key) ?? PlaceRefusal(proof, row!)) is null;
    }

    /// <summary>Whether the newer checkpoint's journal begins with all events of the older one's, unchanged, and both are signed.</summary>
    public static bool Verify(ConsistencyProof proof, VerifierKey key) => Refusal(proof, key) is null;

    /// <summary>Why an inclusion proof shows nothing, as a sentence without its full stop; null where it holds.</summary>
    public static string? Refusal(InclusionProof proof, ReadOnlySpan<byte> envelope, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return TryRead(envelope, out var row) ?? Refusal(proof.Checkpoint, key) ?? ContentRefusal(row!) ?? PlaceRefusal(proof, row!);
    }

    /// <summary>Why a consistency proof shows nothing, as a sentence without its full stop; null where it holds.</summary>
    public static string? Refusal(ConsistencyProof proof, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var (older, newer) = (proof.Older, proof.Newer);
        return Refusal(older, key)
            ?? Refusal(newer, key)
            ?? (MerkleTree.VerifyConsistency(older.Size, older.Root, newer.Size, newer.Root, [.. proof.Path])
                ? null
                : $"the proof does not lead from the checkpoint of size {older.Size} to that of size {newer.Size}");
    }

    /// <summary>Why a checkpoint does not count, as a sentence without its full stop; null where it does.</summary>
    public static string? Refusal(SignedCheckpoint checkpoint, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(key);
        return checkpoint.Origin != key.Name
            ? $"the checkpoint is of '{Printable.Shorten(checkpoint.Origin)}', the key is that of '{Printable.Shorten(key.Name)}'"
            : checkpoint.Refusal(key) is { } refusal ? $"the checkpoint does not count: {refusal}" : null;
    }

    /// <summary>Why a row's content does not speak for itself.</summary>
    internal static string? ContentRefusal(StoredRow row) =>
        IsErased(row.AsStoredEvent()) ? "its payload and salt are gone, so that its content cannot be checked, only its place"
        : !ContentHash.Matches(row.AsStoredEvent()) ? "its content is not what its content hash says"
        : null;

    /// <summary>Why a row does not stand where a proof says.</summary>
    internal static string? PlaceRefusal(InclusionProof proof, StoredRow row) =>
        row.Position != proof.Position.Value ? $"the event is at position {row.Position}, the proof is for position {proof.Position}"
        : proof.Position.Value > proof.Checkpoint.Size ? $"the checkpoint covers {proof.Checkpoint.Size} events, the proof is for position {proof.Position}"
        : !MerkleTree.VerifyInclusion(EventLeaf.Compute(row.AsStoredEvent()), row.Position - 1, proof.Checkpoint.Size, [.. proof.Path], proof.Checkpoint.Root)
            ? "the proof does not lead from this event to the checkpoint's root"
            : null;

    /// <summary>Whether payload and salt are gone, as an erasure leaves an event.</summary>
    internal static bool IsErased(in StoredEvent e) => e.Salt.IsEmpty && e.Data.IsEmpty;

    private static string? TryRead(ReadOnlySpan<byte> envelope, out StoredRow? row)
    {
        try
        {
            row = EventLine.Read(envelope);
            return null;
        }
        catch (FormatException problem)
        {
            row = null;
            return $"the envelope is no event: {problem.Message.TrimEnd('.')}";
        }
    }
}
