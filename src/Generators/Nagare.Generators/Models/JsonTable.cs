namespace Nagare.Generators;

/// <summary>The <c>[EventModel]</c> class with all that its JSON context lists, in ordinal order.</summary>
internal sealed record JsonTable(TypeModel Model, EquatableArray<TypeModel> Types);
