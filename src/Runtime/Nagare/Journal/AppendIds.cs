using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nagare;

/// <summary>Makes append ids where the caller gave none; <see cref="Storage.EventIds"/> counts on from them.</summary>
/// <remarks>
/// UUIDv7 (RFC 9562): 48 bits of Unix milliseconds first, so that ids made together lie together in an index. The highest random bit
/// after the variant is left clear, so that adding an event's place never carries out of the random part.
/// </remarks>
internal static class AppendIds
{
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)(now.ToUnixTimeMilliseconds() >> 32));
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], (int)now.ToUnixTimeMilliseconds());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x1F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
