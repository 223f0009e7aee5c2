using System.Buffers.Binary;
using System.Text;

namespace Nagare.Storage;

/// <summary>Gives the same string for the same bytes, as long as it remembers them: a fold meets the same few names over and over.</summary>
/// <remarks>Not for use by several threads at once.</remarks>
public sealed class Utf8Interner
{
    // A power of two. Streams, types and actors of a page fit; one text pushes out another of the same slot.
    private const int Slots = 512;

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>The text that these bytes of UTF-8 are.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref _slots[Place(utf8)];
        if (slot.Text is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = new Slot(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return slot.Text;
    }

    // Ids differ at their ends, names in their lengths.
    private static int Place(ReadOnlySpan<byte> utf8)
    {
        ulong tail = 0;
        if (utf8.Length >= sizeof(ulong))
        {
            tail = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var b in utf8)
            {
                tail = (tail << 8) | b;
            }
        }

        // Fibonacci hashing: the golden ratio spreads neighbours over the upper bits.
        return (int)(((tail + (ulong)utf8.Length) * 0x9E3779B97F4A7C15) >> 55);
    }

    private readonly record struct Slot(byte[] Utf8, string Text);
}
