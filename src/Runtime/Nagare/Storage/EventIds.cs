using System.Buffers.Binary;

namespace Nagare.Storage;

/// <summary>The ids of an append's events: event <i>k</i> of an append, counted from 0 over all its streams, has the append's id plus <i>k</i>, big-endian.</summary>
/// <remarks>
/// So one id finds a whole append again, and the ids of one append lie side by side in an index. Whoever stores, looks up or checks events
/// counts with this class: a place counted otherwise is an event that is stored twice.
/// </remarks>
public static class EventIds
{
    /// <summary>The id of the event at this place of an append, from 0.</summary>
    public static Guid At(Guid appendId, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Number(appendId) + (uint)place);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id as the number that ids are counted on from, for comparing ranges of them.</summary>
    public static UInt128 Number(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Whether ids can be counted on from this one, as far as <see cref="JournalLimits.MaxAppendEvents"/>, without a carry out of its last 64 bits. The empty id has no room.</summary>
    public static bool HasRoom(Guid appendId) =>
        appendId != Guid.Empty && (ulong)Number(appendId) <= ulong.MaxValue - JournalLimits.MaxAppendEvents;
}
