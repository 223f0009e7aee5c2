namespace Nagare.Generators;

/// <summary>A partial <c>[Aggregate]</c> whose state is to be described.</summary>
/// <param name="Type">The aggregate.</param>
/// <param name="Shapes">The aggregate itself, then the types inside it in ordinal order.</param>
internal sealed record StateModel(TypeModel Type, EquatableArray<StateShapeModel> Shapes);

/// <summary>A type inside a state, with the method that writes it.</summary>
/// <param name="FullName">The type.</param>
/// <param name="Method">The method's name.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="Members">Its public properties, in the order of their declaration; none for an enum.</param>
/// <param name="EnumMembers">The names of an enum.</param>
internal sealed record StateShapeModel(
    string FullName,
    string Method,
    bool IsValueType,
    EquatableArray<StateMemberModel> Members,
    EquatableArray<EnumMemberModel>? EnumMembers);

/// <summary>A property of a state.</summary>
internal sealed record StateMemberModel(string Name, string WireName, StateValueModel Value);

/// <summary>A value inside a state.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Argument">The method of a shape, the context of a foreign type, the name of an opaque one.</param>
/// <param name="Element">What is inside a list, a map or a nullable.</param>
internal sealed record StateValueModel(StateValueKind Kind, string? Argument = null, StateValueModel? Element = null);

/// <summary>How a value of a state is written.</summary>
internal enum StateValueKind
{
    Scalar,
    Shape,
    List,
    Map,
    Nullable,
    Foreign,
    Opaque,
}
