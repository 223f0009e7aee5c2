namespace Nagare;

/// <summary>Signs checkpoints. The key may live where the writer of rows has no access: behind a service, in a vault, on another machine.</summary>
/// <remarks>
/// A signer that keeps the checkpoint which it signed last, and asks for a <see cref="ConsistencyProof"/> from that one to the new one, signs
/// no history that was rewritten, whatever the writer of rows does.
/// </remarks>
public interface ICheckpointSigner
{
    /// <summary>The public half of the key.</summary>
    VerifierKey Key { get; }

    /// <summary>Signs the bytes of a checkpoint's text.</summary>
    /// <param name="text">The text, up to and with its last line break.</param>
    /// <param name="cancellationToken">Ends the wait for whoever signs.</param>
    /// <returns>The Ed25519 signature, 64 bytes.</returns>
    ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
