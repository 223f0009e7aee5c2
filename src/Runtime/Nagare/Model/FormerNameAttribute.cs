namespace Nagare;

/// <summary>A name under which something was stored before it was renamed: it is read as before, and written under its name of today.</summary>
/// <remarks>On a family's base record, on an event, on a member of an event (a property or a record's parameter) or of a type inside one, or on a name of an enum; once for each former name.</remarks>
/// <param name="name">The former stored name: in the journal for a family or an event, in JSON for a member or an enum's name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field, Inherited = false, AllowMultiple = true)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The former stored name.</summary>
    public string Name { get; } = name;
}
