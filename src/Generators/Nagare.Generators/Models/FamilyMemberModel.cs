namespace Nagare.Generators;

/// <summary>One event of a family, as dispatch needs it: named, placed among its base types, and described in words.</summary>
internal sealed record FamilyMemberModel
{
    /// <summary>The event.</summary>
    public required TypeModel Type { get; init; }

    /// <summary>The family's base record, <c>global::</c>-qualified.</summary>
    public required string Family { get; init; }

    /// <summary>The types between the event and the family's base record, nearest first, <c>global::</c>-qualified.</summary>
    public required EquatableArray<string> Groups { get; init; }

    /// <summary>Its stored name.</summary>
    public required string StoredName { get; init; }

    /// <summary>The version of its shape.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What its <c>[Explain]</c> says, or null.</summary>
    public required TemplateModel? Template { get; init; }

    /// <summary>Its members that fit into a sentence, in their order; none where <c>[Explain]</c> says the sentence.</summary>
    public required EquatableArray<ScalarModel> Scalars { get; init; }
}

/// <summary>A member of an event that fits into a sentence.</summary>
/// <param name="Property">The property's name, escaped where it is a keyword.</param>
/// <param name="WireName">The name under which it is stored, as a tag is named.</param>
/// <param name="Words">The name in words: "tool name".</param>
internal sealed record ScalarModel(string Property, string WireName, string Words);
