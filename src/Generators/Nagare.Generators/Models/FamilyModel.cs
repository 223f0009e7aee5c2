namespace Nagare.Generators;

/// <summary>One <c>[EventFamily]</c> base record.</summary>
/// <param name="Type">The record.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="HasConstructor">Whether the user wrote a constructor, so that none is generated.</param>
/// <param name="FormerNames">Names under which it was stored before.</param>
internal sealed record FamilyModel(TypeModel Type, string Name, bool HasConstructor, EquatableArray<string> FormerNames);

/// <summary>A family with its events, in ordinal order of their stored names, then versions.</summary>
internal sealed record FamilyTable(FamilyModel Family, EquatableArray<EventEntry> Events);
