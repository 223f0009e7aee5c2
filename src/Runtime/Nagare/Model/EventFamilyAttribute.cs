namespace Nagare;

/// <summary>Marks the base record of an event family: a partial abstract record whose derived records are the family's events.</summary>
/// <param name="name">The stored name, 1 to 255 bytes of UTF-8. Never change it: it is what the journal holds.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventFamilyAttribute(string name) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>A <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> for member types that the generator cannot see through.</summary>
    public Type? Json { get; set; }
}
