using System.Buffers.Binary;
using System.Text;

namespace Nagare;

/// <summary>Puts parts one after the other, each behind its length in four bytes, big-endian: no two lists of parts give the same bytes.</summary>
internal ref struct LengthPrefixed(Span<byte> target)
{
    private const int LengthBytes = sizeof(uint);

    private readonly Span<byte> _target = target;
    private int _at;

    /// <summary>How many bytes parts of these lengths take.</summary>
    public static int Size(int parts, int bytes) => (parts * LengthBytes) + bytes;

    public readonly ReadOnlySpan<byte> Written => _target[.._at];

    public void Add(scoped ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_target[_at..], (uint)part.Length);
        part.CopyTo(_target[(_at + LengthBytes)..]);
        _at += LengthBytes + part.Length;
    }

    public void Add(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, _target[(_at + LengthBytes)..]);
        BinaryPrimitives.WriteUInt32BigEndian(_target[_at..], (uint)length);
        _at += LengthBytes + length;
    }

    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        Add(bytes);
    }
}
