namespace Nagare.Generators;

/// <summary>One <c>[Event]</c> record.</summary>
/// <param name="Family">The base record of its family.</param>
/// <param name="FamilyName">The stored name of its family.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="FormerNames">Names under which it was stored before.</param>
/// <param name="Version">The version of its shape, from 1.</param>
/// <param name="Shape">Its type and members.</param>
/// <param name="Schema">Its members and those of the types inside it, as kept in the journal.</param>
/// <param name="Template">What <c>[Explain]</c> says, or null.</param>
internal sealed record EventModel(
    TypeModel Family,
    string FamilyName,
    string Name,
    EquatableArray<string> FormerNames,
    int Version,
    ShapeModel Shape,
    string Schema,
    TemplateModel? Template)
{
    public TypeModel Type => Shape.Type;

    /// <summary>Names under which its family was stored before.</summary>
    public EquatableArray<string> FamilyFormerNames { get; init; }
}

/// <summary>An event with the types reachable from its members, which are emitted once however many events use them.</summary>
internal sealed record ParsedEvent(EventModel Event, EquatableArray<ShapeModel> Reachable);

/// <summary>What the tables (a family's list, the JSON context) need to know of an event, so that an edit of its members leaves them alone.</summary>
internal sealed record EventEntry(TypeModel Type, TypeModel Family, string Name, int Version);
