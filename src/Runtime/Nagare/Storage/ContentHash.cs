using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nagare.Storage;

/// <summary>The hash that ties an event's payload to everything its writer said about it. docs/content-hash.md holds the layout and test vectors.</summary>
/// <remarks>
/// It is taken at the append call, before any lock, and covers nothing that the database assigns. With <c>part(x)</c> for the length of
/// x in four bytes, big-endian, followed by x, and <c>FF FF FF FF</c> alone for an x that is absent:
/// <code>
/// SHA-256( part("nagare-content-1") part(event id, 16 bytes big-endian) part(family) part(type) part(schema version, 4 bytes big-endian)
///          part(occurred-at, 8 bytes big-endian) part(stored causation id) part(correlation id) part(actor) part(subject) part(traceparent)
///          part(SHA-256(metadata)) part(SHA-256(part(salt) part(data))) )
/// </code>
/// Texts are UTF-8. The salt is random and goes when the data go, so that a hash that stays behind leaves nothing to guess.
/// </remarks>
public static class ContentHash
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltBytes = 16;

    private const int LengthBytes = sizeof(uint);
    private const uint Absent = uint.MaxValue;

    /// <summary>The parts whose length does not vary, with the length of every part: format, two numbers, event id, two hashes.</summary>
    private const int FixedPartsBytes = 256;

    /// <summary>Parts up to this are put together on the stack; ids within their limits hardly ever need more.</summary>
    private const int MaxStackBytes = 2 * 1024;

    private const int MaxUtf8BytesPerChar = 3;

    private static readonly byte[] HashOfNothing = SHA256.HashData([]);

    // To make a hasher costs as much as to hash an event, so every thread keeps one.
    [ThreadStatic]
    private static IncrementalHash? _kept;

    /// <summary>Computes the hash of an event's content. Position, stream, version and recorded time take no part.</summary>
    /// <param name="e">The event.</param>
    /// <param name="hash">Takes the hash, <see cref="HashBytes"/> bytes.</param>
    public static void Compute(in StoredEvent e, Span<byte> hash)
    {
        var size = FixedPartsBytes + e.CausationId.Length + (MaxUtf8BytesPerChar * TextLength(in e));
        Span<byte> parts = size <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[size];
        Span<byte> number = stackalloc byte[sizeof(long)];
        Span<byte> id = stackalloc byte[16];
        Span<byte> inner = stackalloc byte[HashBytes];

        var sha256 = _kept ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        var at = Add(parts, 0, "nagare-content-1"u8);
        e.EventId.TryWriteBytes(id, bigEndian: true, out _);
        at = Add(parts, at, id);
        at = Add(parts, at, e.Family);
        at = Add(parts, at, e.Type);
        BinaryPrimitives.WriteInt32BigEndian(number, e.SchemaVersion);
        at = Add(parts, at, number[..sizeof(int)]);
        BinaryPrimitives.WriteInt64BigEndian(number, e.OccurredAt.GetValueOrDefault());
        at = e.OccurredAt is null ? AddAbsent(parts, at) : Add(parts, at, number);
        at = e.CausationId.IsEmpty ? AddAbsent(parts, at) : Add(parts, at, e.CausationId);
        at = Add(parts, at, e.CorrelationId);
        at = Add(parts, at, e.Actor);
        at = Add(parts, at, e.Subject);
        at = Add(parts, at, e.TraceParent);
        if (e.Metadata.IsEmpty)
        {
            at = Add(parts, at, HashOfNothing);
        }
        else
        {
            Hash(sha256, e.Metadata, inner);
            at = Add(parts, at, inner);
        }

        HashPayload(sha256, e.Salt, e.Data, inner);
        at = Add(parts, at, inner);
        Hash(sha256, parts[..at], hash);
    }

    /// <summary>Whether the event's hash is the hash of its content.</summary>
    public static bool Matches(in StoredEvent e)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Compute(in e, hash);
        return hash.SequenceEqual(e.ContentHash);
    }

    private static int TextLength(in StoredEvent e) =>
        e.Family.Length + e.Type.Length + (e.CorrelationId?.Length ?? 0) + (e.Actor?.Length ?? 0) + (e.Subject?.Length ?? 0) + (e.TraceParent?.Length ?? 0);

    private static void HashPayload(IncrementalHash sha256, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)salt.Length);
        sha256.AppendData(length);
        sha256.AppendData(salt);
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)data.Length);
        sha256.AppendData(length);
        sha256.AppendData(data);
        sha256.GetHashAndReset(hash);
    }

    private static void Hash(IncrementalHash sha256, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        sha256.AppendData(bytes);
        sha256.GetHashAndReset(hash);
    }

    private static int Add(Span<byte> parts, int at, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteUInt32BigEndian(parts[at..], (uint)part.Length);
        part.CopyTo(parts[(at + LengthBytes)..]);
        return at + LengthBytes + part.Length;
    }

    private static int Add(Span<byte> parts, int at, string? text)
    {
        if (text is null)
        {
            return AddAbsent(parts, at);
        }

        var length = Encoding.UTF8.GetBytes(text, parts[(at + LengthBytes)..]);
        BinaryPrimitives.WriteUInt32BigEndian(parts[at..], (uint)length);
        return at + LengthBytes + length;
    }

    private static int AddAbsent(Span<byte> parts, int at)
    {
        BinaryPrimitives.WriteUInt32BigEndian(parts[at..], Absent);
        return at + LengthBytes;
    }
}
