using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nagare;

/// <summary>Makes append ids, and the ids of an append's events from them.</summary>
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

    public static Guid EventId(Guid appendId, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Number(appendId) + (uint)place);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id as the number that its events' ids are counted on from.</summary>
    public static UInt128 Number(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Whether ids can be counted on from this one, as far as the largest append.</summary>
    public static bool HasRoom(Guid appendId)
    {
        Span<byte> bytes = stackalloc byte[16];
        appendId.TryWriteBytes(bytes, bigEndian: true, out _);
        return appendId != Guid.Empty && BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) <= ulong.MaxValue - JournalLimits.MaxAppendEvents;
    }
}
