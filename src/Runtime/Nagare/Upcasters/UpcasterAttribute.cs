namespace Nagare;

/// <summary>Marks a static method that makes of an old stored shape what it means today. It is called wherever such an event is read.</summary>
/// <remarks>
/// <para>
/// It takes a <see cref="PastEventAttribute{TFamily}"/> record, or a <see cref="System.Text.Json.JsonElement"/> where nobody keeps a record, and
/// returns an event of the family, a later past event, or an <see cref="IEnumerable{T}"/> of either: none, one or several. A second
/// parameter may take the <see cref="EventMetadata"/> or the whole <see cref="Envelope"/>, whose event is then the old shape.
/// </para>
/// <para>It is at least internal and a pure function: an event is read again and again, and must mean the same each time.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class UpcasterAttribute : Attribute
{
    /// <summary>An upcaster of the past event that it takes.</summary>
    public UpcasterAttribute()
    {
    }

    /// <summary>An upcaster of raw JSON.</summary>
    /// <param name="name">The stored name, within the family of what the method returns.</param>
    /// <param name="version">The schema version in which it was stored, from 1.</param>
    public UpcasterAttribute(string name, int version) => (Name, Version) = (name, version);

    /// <summary>The stored name that an upcaster of raw JSON reads; null for one that takes a past event, which has its own.</summary>
    public string? Name { get; }

    /// <summary>The schema version that an upcaster of raw JSON reads; 0 for one that takes a past event.</summary>
    public int Version { get; }
}
