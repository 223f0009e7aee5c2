using System.Buffers.Binary;

namespace Nagare.Storage;

/// <summary>The ids of an append's events: the append's own, counted on.</summary>
public static class EventIds
{
    /// <summary>The id of the event at this place of an append, from 0.</summary>
    public static Guid At(Guid appendId, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        appendId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, BinaryPrimitives.ReadUInt128BigEndian(bytes) + (uint)place);
        return new Guid(bytes, bigEndian: true);
    }
}
