namespace Nagare.Generators;

/// <summary>One <c>[Upcaster]</c> method: a step from an old shape to a later one.</summary>
internal sealed record UpcasterModel
{
    /// <summary>The method, <c>global::</c>-qualified.</summary>
    public required string Method { get; init; }

    /// <summary>The base record of the family, <c>global::</c>-qualified.</summary>
    public required string Family { get; init; }

    /// <summary>The past event that it takes, <c>global::</c>-qualified; empty for one that takes raw JSON.</summary>
    public required string Source { get; init; }

    /// <summary>For raw JSON, the stored name that it reads.</summary>
    public string Name { get; init; } = "";

    /// <summary>For raw JSON, the schema version that it reads.</summary>
    public int Version { get; init; }

    /// <summary>The past event that it returns, <c>global::</c>-qualified; empty where it returns events of today.</summary>
    public required string Target { get; init; }

    /// <summary>Whether it returns any number of them.</summary>
    public required bool IsMany { get; init; }

    /// <summary>What it takes besides the old shape.</summary>
    public required UpcasterContext Context { get; init; }
}

/// <summary>What an upcaster takes besides the old shape.</summary>
internal enum UpcasterContext
{
    None,
    Metadata,
    Envelope,
}

/// <summary>A stored shape with the whole way to today's events.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Version">The schema version in which it was stored.</param>
/// <param name="Type">What the first step takes, <c>global::</c>-qualified.</param>
/// <param name="Converter">C# for what reads it.</param>
/// <param name="Steps">The upcasters in the order of their calls.</param>
/// <param name="IsMany">Whether some step returns any number.</param>
/// <param name="TakesContext">Whether some step takes more than the old shape.</param>
internal sealed record UpcasterChain(
    string Name,
    int Version,
    string Type,
    string Converter,
    EquatableArray<UpcasterModel> Steps,
    bool IsMany,
    bool TakesContext);

/// <summary>A family with the ways of its past events, in ordinal order of their names, then versions.</summary>
internal sealed record FamilyUpcasters(TypeModel Family, EquatableArray<UpcasterChain> Chains);

/// <summary>A family with the stored names and versions that upcasters take as JSON, in ordinal order.</summary>
internal sealed record FamilyJsonUpcasters(FamilyModel Family, EquatableArray<JsonUpcasterEntry> Stored);

/// <summary>What an upcaster takes as JSON.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Version">The schema version in which it was stored.</param>
internal sealed record JsonUpcasterEntry(string Name, int Version);
