namespace Nagare;

/// <summary>Marks a record as an event of the family it derives from.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventAttribute : Attribute
{
    /// <summary>An event whose stored name is its type's name in kebab case: <c>ToolFailed</c> is stored as <c>tool-failed</c>.</summary>
    public EventAttribute()
    {
    }

    /// <summary>An event with a stored name of its own, so that its type may be renamed.</summary>
    public EventAttribute(string name) => Name = name;

    /// <summary>The stored name, or null for the one made from the type's name.</summary>
    public string? Name { get; }

    /// <summary>The version of its shape, from 1.</summary>
    public int Version { get; set; } = 1;
}
