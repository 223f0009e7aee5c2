namespace Nagare.Generators;

/// <summary>An aggregate and what is to be written for it.</summary>
internal sealed record AggregateModel
{
    /// <summary>The aggregate.</summary>
    public required TypeModel Type { get; init; }

    /// <summary>The family it folds.</summary>
    public required FamilyReferenceModel Family { get; init; }

    /// <summary>What to write for <c>Initial</c>.</summary>
    public required InitialState Initial { get; init; }

    /// <summary>Whether to write <c>Evolve</c>.</summary>
    public required bool WritesEvolve { get; init; }

    /// <summary>The arms of <c>Evolve</c>, those of events ignored by name among them, in switch order.</summary>
    public required EquatableArray<HandlerModel> Applies { get; init; }

    /// <summary>Whether all other events are ignored on purpose.</summary>
    public required bool IgnoresRest { get; init; }

    /// <summary>The family's events that are neither applied nor ignored, <c>global::</c>-qualified; NAG1002 reports them.</summary>
    public EquatableArray<string> Unhandled { get; init; }

    /// <summary>Whether the arms name every event, so that any other is a sign of a stale build.</summary>
    public bool NamesWholeFamily { get; init; } = true;

    /// <summary>Whether to write the dispatch of <c>Decide</c>.</summary>
    public required bool WritesDecide { get; init; }

    /// <summary>The arms of <c>Decide</c>, in switch order.</summary>
    public required EquatableArray<HandlerModel> Decides { get; init; }

    /// <summary>Whether to write the private <c>Persist</c>.</summary>
    public required bool WritesPersist { get; init; }

    /// <summary>Whether to write the private <c>Reject</c>.</summary>
    public required bool WritesReject { get; init; }

    /// <summary>Whether to write the private <c>Ignore</c>.</summary>
    public required bool WritesIgnore { get; init; }

    /// <summary>Whether to write <c>Stream</c>.</summary>
    public required bool WritesStream { get; init; }
}

/// <summary>How the state before the first event comes about.</summary>
internal enum InitialState
{
    /// <summary>The user writes it.</summary>
    ByHand,

    /// <summary>The user should have written it, because nothing can be made without values that only they know: NAG0009 says so.</summary>
    Impossible,

    /// <summary>One instance for all: the state is never changed, only replaced.</summary>
    Shared,

    /// <summary>A new instance each time: the state changes in place.</summary>
    Fresh,
}
