using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nagare;

/// <summary>One SHA-256 hash of a tree: a leaf, a node or a root. A value of 32 bytes, compared as one.</summary>
public readonly record struct TreeHash
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Makes a hash from its bytes.</summary>
    /// <exception cref="ArgumentException">They are not <see cref="Bytes"/> bytes.</exception>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new ArgumentException($"A hash has {Bytes} bytes; {bytes.Length} were given.", nameof(bytes));
        }

        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="target">Takes them; at least <see cref="Bytes"/> long.</param>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], _fourth);
    }

    /// <summary>The bytes, copied.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The bytes in base64, as checkpoints write them.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
