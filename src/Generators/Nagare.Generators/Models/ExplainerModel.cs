namespace Nagare.Generators;

/// <summary>An explainer and what is to be written for it.</summary>
internal sealed record ExplainerModel
{
    /// <summary>The explainer.</summary>
    public required TypeModel Type { get; init; }

    /// <summary>The family it explains.</summary>
    public required FamilyReferenceModel Family { get; init; }

    /// <summary>Whether to write <c>Explain(TEvent)</c>.</summary>
    public required bool WritesExplain { get; init; }

    /// <summary>Whether to write <c>Explain(TEvent, Envelope)</c>.</summary>
    public required bool WritesExplainStored { get; init; }

    /// <summary>The arms that call the user's methods, in switch order.</summary>
    public required EquatableArray<HandlerModel> Handlers { get; init; }

    /// <summary>Names of methods that the user wrote.</summary>
    public required EquatableArray<string> TakenNames { get; init; }

    /// <summary>Whether the dispatch is generated; otherwise a switch of the user's explains, and no event has a stand-in.</summary>
    public bool Dispatches => WritesExplain && WritesExplainStored;

    /// <summary>The events that no method of the user's explains, and what stands in.</summary>
    public EquatableArray<StandInModel> StandIns { get; init; }

    /// <summary>The stored names and versions of all events, for events that were never stored; empty where no method asks for an envelope.</summary>
    public EquatableArray<StoredNameModel> StoredNames { get; init; }
}

/// <summary>An explanation that is generated: from the event's templates, or from its name and members.</summary>
internal sealed record StandInModel
{
    /// <summary>The event, <c>global::</c>-qualified.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the value in the arm.</summary>
    public required string Variable { get; init; }

    /// <summary>The name of the generated method.</summary>
    public required string Method { get; init; }

    /// <summary>What the event's <c>[Explain]</c> says, or where it has none, what its name and members make of it.</summary>
    public required TemplateModel Template { get; init; }

    /// <summary>Whether nobody wrote the template, which NAG1001 reports.</summary>
    public required bool IsStub { get; init; }
}

/// <summary>Under which name and version an event is stored.</summary>
/// <param name="Type">The event, <c>global::</c>-qualified.</param>
/// <param name="Name">The stored name.</param>
/// <param name="SchemaVersion">The version of its shape.</param>
internal sealed record StoredNameModel(string Type, string Name, int SchemaVersion);
