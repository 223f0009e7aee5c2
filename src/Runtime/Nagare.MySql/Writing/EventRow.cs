using System.Runtime.InteropServices;

namespace Nagare.Storage;

/// <summary>An event's values in the order of the table's columns, as parameters take them.</summary>
internal static class EventRow
{
    /// <summary>How many columns an event has.</summary>
    public const int Columns = 18;

    /// <summary>Hands over one value a column.</summary>
    public static void Write(PlannedEvent planned, Action<object?> to)
    {
        var e = planned.Event;
        to(planned.Position);
        to(planned.Version);
        to(planned.RecordedAt);
        to(e.OccurredAt);
        to(e.Type.SchemaVersion);
        to(Bytes(e.EventId));
        to(planned.StreamId.ToString());
        to(e.Type.Family);
        to(e.Type.Name);
        to(e.CorrelationId);
        to(NullIfEmpty(e.CausationId));
        to(e.TraceParent);
        to(e.Actor);
        to(e.Subject);
        to(NullIfEmpty(e.Salt));
        to(Boxed(e.ContentHash));
        to(NullIfEmpty(e.Metadata));
        to(Boxed(e.Data));
    }

    /// <summary>An event's id, as bytes whatever the connection's client makes of a Guid: a caller's may be set otherwise than the journal's.</summary>
    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static object? NullIfEmpty(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? null : Boxed(bytes);

    // Bytes that are a whole array need no box.
    private static object Boxed(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : bytes;
}
