using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>A type inside events, under a label that only this file's lines refer to.</summary>
/// <param name="Form">Object, enum or union.</param>
/// <param name="Label">Made from the type's name; a rename changes it and means nothing.</param>
internal sealed record SchemaType(SchemaForm Form, string Label)
{
    /// <summary>Whether it may still change freely.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether several of an enum's names may stand in one text.</summary>
    public bool IsFlags { get; init; }

    /// <summary>An object's members.</summary>
    public EquatableArray<SchemaMember> Members { get; init; }

    /// <summary>An enum's names, a union's cases.</summary>
    public EquatableArray<SchemaName> Names { get; init; }

    /// <summary>Names of members, enum names or cases that are gone for ever.</summary>
    public EquatableArray<string> Retired { get; init; }

    /// <summary>The type. A comment in the file.</summary>
    public string? ClrName { get; init; }
}

/// <summary>A name of an enum, a case of a union.</summary>
/// <param name="Name">As it is stored.</param>
internal sealed record SchemaName(string Name)
{
    /// <summary>Whether it may still change freely.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Names under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>The field or type. A comment in the file.</summary>
    public string? ClrName { get; init; }

    public static EquatableArray<SchemaName> InOrder(EquatableArray<SchemaName> names) => names.InOrder(static name => name.Name);
}
