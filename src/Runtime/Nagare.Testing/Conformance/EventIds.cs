using System.Buffers.Binary;

namespace Nagare.Testing;

/// <summary>The arithmetic of event ids, as the contract states it: event <i>k</i> of an append has the append's id plus <i>k</i>, big-endian.</summary>
internal static class EventIds
{
    public static UInt128 Number(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static Guid At(Guid appendId, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Number(appendId) + (uint)place);
        return new Guid(bytes, bigEndian: true);
    }
}
