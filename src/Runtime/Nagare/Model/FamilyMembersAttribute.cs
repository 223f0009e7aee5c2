using System.ComponentModel;

namespace Nagare;

/// <summary>Left by the generator on a family's base record: its events, for aggregates and analyzers in other assemblies.</summary>
/// <param name="members">The events' types.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FamilyMembersAttribute(params Type[] members) : Attribute
{
    /// <summary>The events' types.</summary>
    public IReadOnlyList<Type> Members { get; } = members;
}
