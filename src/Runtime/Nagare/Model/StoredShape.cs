using System.Text.Json;

namespace Nagare;

/// <summary>How a stored name and version are read: as an event of today, or as a past one that goes through upcasters. Without either, not at all.</summary>
internal readonly record struct StoredShape(EventType? Today, PastEventType? Past)
{
    /// <summary>Whether no model knows it.</summary>
    public bool IsUnknown => Today is null && Past is null;

    /// <summary>What it is read as.</summary>
    public Type ClrType => Today?.ClrType ?? Past!.ClrType;

    /// <summary>Reads what is stored, as it was stored.</summary>
    public object Read(ref Utf8JsonReader reader) => Today is null ? Past!.Read(ref reader) : Today.Read(ref reader);
}
