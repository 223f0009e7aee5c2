namespace Nagare.Generators;

/// <summary>A <c>[PastEvent]</c> record: how it is read.</summary>
/// <param name="FamilyName">The stored name of its family.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="Version">The schema version in which it was stored.</param>
/// <param name="Shape">Its type and members.</param>
internal sealed record PastEventModel(string FamilyName, string Name, int Version, ShapeModel Shape)
{
    public TypeModel Type => Shape.Type;

    /// <summary>Names under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }
}

/// <summary>A past event with the types reachable from its members.</summary>
internal sealed record ParsedPastEvent(PastEventModel Event, EquatableArray<ShapeModel> Reachable);

/// <summary>What a chain of upcasters needs to know of a past event, so that an edit of its members leaves the chain alone.</summary>
/// <param name="Type">The record.</param>
/// <param name="Family">The base record of its family, <c>global::</c>-qualified.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="Version">The schema version in which it was stored.</param>
/// <param name="FormerNames">Names under which it was stored before.</param>
internal sealed record PastEventEntry(TypeModel Type, string Family, string Name, int Version, EquatableArray<string> FormerNames);
