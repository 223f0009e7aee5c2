namespace Nagare.Generators;

/// <summary>The family that an aggregate folds or an explainer explains.</summary>
internal sealed record FamilyReferenceModel
{
    /// <summary>The base record, <c>global::</c>-qualified.</summary>
    public required string Type { get; init; }

    /// <summary>The stored name.</summary>
    public required string StoredName { get; init; }

    /// <summary>Whether the family lives in another assembly, whose build left its events on it.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>The events of a family in another assembly; empty for one in this assembly, whose events are collected from their marks.</summary>
    public required EquatableArray<FamilyMemberModel> ForeignMembers { get; init; }
}
