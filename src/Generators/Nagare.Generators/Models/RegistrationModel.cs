namespace Nagare.Generators;

/// <summary>Everything that one assembly's model lists, each kind in ordinal order.</summary>
internal sealed record RegistrationModel
{
    /// <summary>The class marked <c>[EventModel]</c>.</summary>
    public required TypeModel Type { get; init; }

    /// <summary>The generated descriptors of the families.</summary>
    public required EquatableArray<string> Families { get; init; }

    /// <summary>The aggregates.</summary>
    public required EquatableArray<AggregateEntry> Aggregates { get; init; }

    /// <summary>The explainers.</summary>
    public required EquatableArray<ExplainerEntry> Explainers { get; init; }

    /// <summary>The rules.</summary>
    public required EquatableArray<InvariantProperty> Invariants { get; init; }

    /// <summary>The commands with stored names.</summary>
    public required EquatableArray<CommandEntry> Commands { get; init; }
}

/// <summary>An aggregate to list.</summary>
/// <param name="Type">The aggregate, <c>global::</c>-qualified.</param>
/// <param name="Family">The family's base record, <c>global::</c>-qualified.</param>
internal sealed record AggregateEntry(string Type, string Family)
{
    /// <summary>Whether its states are kept as snapshots.</summary>
    public bool HasSnapshots { get; init; }
}

/// <summary>An explainer to list.</summary>
/// <param name="Family">The family's base record, <c>global::</c>-qualified.</param>
/// <param name="Constructor">How it is made.</param>
internal sealed record ExplainerEntry(string Family, ConstructorModel Constructor);

/// <summary>A command to list.</summary>
/// <param name="Type">The command, <c>global::</c>-qualified.</param>
/// <param name="Name">Its stored name.</param>
internal sealed record CommandEntry(string Type, string Name);
