using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>A stored member.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Value">What stands there.</param>
internal sealed record SchemaMember(string Name, SchemaValue Value)
{
    /// <summary>Whether it may be absent.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What it is where it is absent, as JSON, or as C# where that is no constant; null for null.</summary>
    public string? Default { get; init; }

    /// <summary>When it is left out at write.</summary>
    public SchemaOmission Omission { get; init; }

    /// <summary>Whether it may still change freely.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Names under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>The property. A comment in the file.</summary>
    public string? ClrName { get; init; }

    public static EquatableArray<SchemaMember> InOrder(EquatableArray<SchemaMember> members) => members.InOrder(static member => member.Name);

    public static EquatableArray<SchemaMember> Seal(IEnumerable<SchemaMember> members) => members.Select(member => member with { IsDraft = false }).ToEquatableArray();
}

/// <summary>When a member is left out at write.</summary>
internal enum SchemaOmission
{
    Never,
    WhenNull,
    WhenDefault,
}
