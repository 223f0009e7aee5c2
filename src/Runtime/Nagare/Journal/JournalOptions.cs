namespace Nagare;

/// <summary>How a journal behaves where its callers do not say.</summary>
public sealed record JournalOptions
{
    /// <summary>What a read does with an event that no registered model knows.</summary>
    public UnknownEventPolicy UnknownEvents { get; init; } = UnknownEventPolicy.Fail;

    /// <summary>What replaces events and metadata before anything is stored, in order; each gets what the one before it returned.</summary>
    public IReadOnlyList<IEventRedactor> Redactors { get; init; } = [];

    /// <summary>The clock of append ids and recorded times.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
