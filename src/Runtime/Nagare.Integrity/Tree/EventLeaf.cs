using System.Text;
using Nagare.Storage;

namespace Nagare;

/// <summary>The leaf of an event: what ties its content to the place that the journal gave it. docs/integrity.md holds the layout and test vectors.</summary>
/// <remarks>
/// <code>leaf = SHA-256( 0x00 part(position) part(stream id) part(version) part(recorded-at) part(content hash) )</code>
/// with <c>part(x)</c> as in the content hash; numbers are 8 bytes, big-endian. An event's leaf is number position - 1.
/// </remarks>
public static class EventLeaf
{
    private const int Parts = 5;
    private const int NumberBytes = 3 * sizeof(long);
    private const int MaxStackBytes = 1024;

    /// <summary>Computes the leaf's hash from a stored event, its content hash taken as it is stored.</summary>
    public static TreeHash Compute(in StoredEvent e) => Compute(e.Position, e.StreamId, e.Version, e.RecordedAt, e.ContentHash);

    /// <summary>Computes the leaf's hash.</summary>
    /// <param name="position">The event's place in the journal, from 1.</param>
    /// <param name="streamId">Its stream.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="recordedAt">When it was stored, Unix microseconds.</param>
    /// <param name="contentHash">Its content hash.</param>
    public static TreeHash Compute(long position, string streamId, long version, long recordedAt, ReadOnlySpan<byte> contentHash)
    {
        ArgumentNullException.ThrowIfNull(streamId);
        var size = LengthPrefixed.Size(Parts, NumberBytes + Encoding.UTF8.GetMaxByteCount(streamId.Length) + contentHash.Length);
        var parts = new LengthPrefixed(size <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[size]);
        parts.Add(position);
        parts.Add(streamId);
        parts.Add(version);
        parts.Add(recordedAt);
        parts.Add(contentHash);
        return MerkleTree.HashLeaf(parts.Written);
    }
}
