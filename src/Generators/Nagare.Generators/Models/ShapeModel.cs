namespace Nagare.Generators;

/// <summary>What a type looks like as JSON: an object of members, or an enum of names.</summary>
/// <param name="Type">The type.</param>
/// <param name="IsEnum">Whether it is an enum.</param>
/// <param name="Members">The stored members, in the order in which they are written.</param>
/// <param name="ConstructorArguments">C# for each of the constructor's arguments: a member's variable, or a default.</param>
/// <param name="EnumMembers">The names of an enum.</param>
/// <param name="Problem">Why no codec can be made, or null: a sentence about the type or one of its members.</param>
internal sealed record ShapeModel(
    TypeModel Type,
    bool IsEnum,
    EquatableArray<MemberModel> Members,
    EquatableArray<string> ConstructorArguments,
    EquatableArray<EnumMemberModel> EnumMembers,
    string? Problem)
{
    /// <summary>The names into which a combination of a [Flags] enum is taken apart, in this order; empty for other enums.</summary>
    public EquatableArray<EnumMemberModel> Flags { get; init; }
}

/// <summary>One stored member.</summary>
/// <param name="Name">The property's name, escaped where it is a keyword.</param>
/// <param name="Local">A name for a variable that holds its value.</param>
/// <param name="WireName">The name in JSON.</param>
/// <param name="Value">Its type.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="Default">C# for its value where it is absent.</param>
/// <param name="Assignment">How its value gets into the object.</param>
/// <param name="DeclaringType">The type that declares the property.</param>
/// <param name="GenericSetter">Where its init accessor belongs to a generic type: how that type declares it.</param>
/// <param name="Omission">When it is not written.</param>
internal sealed record MemberModel(
    string Name,
    string Local,
    string WireName,
    ValueModel Value,
    bool IsOptional,
    string Default,
    MemberAssignment Assignment,
    string DeclaringType,
    GenericSetterModel? GenericSetter,
    MemberOmission Omission)
{
    /// <summary>For <see cref="MemberAssignment.Field"/>: the field's name.</summary>
    public string? Field { get; init; }

    /// <summary>What it is where it is absent, as the schema says it, or null for null.</summary>
    public string? DefaultText { get; init; }

    /// <summary>Names in JSON under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }
}

/// <summary>An init accessor of a generic type. The runtime finds it only from a class with the same type parameters.</summary>
/// <param name="TypeParameters">The type's parameters, <c>&lt;T&gt;</c>.</param>
/// <param name="Constraints">Their constraints, <c> where T : struct</c>, or nothing.</param>
/// <param name="TypeArguments">What stands for them here, <c>&lt;int&gt;</c>.</param>
/// <param name="Target">The type in terms of its parameters.</param>
/// <param name="Value">The property's type in terms of them.</param>
internal sealed record GenericSetterModel(string TypeParameters, string Constraints, string TypeArguments, string Target, string Value);

/// <summary>How a value that was read gets into its object.</summary>
internal enum MemberAssignment
{
    /// <summary>As an argument of the constructor.</summary>
    Constructor,

    /// <summary>In the object initializer, because the member is <c>required</c>.</summary>
    Initializer,

    /// <summary>By its setter, where the member was present.</summary>
    Setter,

    /// <summary>By the field behind it, where the member was present: nothing else sets it.</summary>
    Field,

    /// <summary>By its init accessor, where the member was present: an initializer would replace the property's own default.</summary>
    InitAccessor,
}

/// <summary>When a member is left out at write.</summary>
internal enum MemberOmission
{
    Never,
    WhenNull,
    WhenDefault,
}

/// <summary>One name of an enum.</summary>
/// <param name="Name">The C# name, escaped where it is a keyword.</param>
/// <param name="WireName">The name in JSON.</param>
/// <param name="IsAlias">Whether an earlier name has the same number, and is the one that is written.</param>
internal sealed record EnumMemberModel(string Name, string WireName, bool IsAlias)
{
    /// <summary>Names in JSON under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }
}
