namespace Nagare.Generators;

/// <summary>All that concerns ask of an event.</summary>
/// <param name="Parsed">How it is stored.</param>
/// <param name="Member">How dispatch meets it.</param>
internal sealed record MarkedEvent(ParsedEvent Parsed, FamilyMemberModel Member);

/// <summary>All that concerns ask of a past event.</summary>
/// <param name="Parsed">How it is read.</param>
/// <param name="Entry">What chains of upcasters need to know.</param>
internal sealed record MarkedPastEvent(ParsedPastEvent Parsed, PastEventEntry Entry);

/// <summary>All that concerns ask of an aggregate.</summary>
/// <param name="Dispatch">Its fold and decisions, or null where nothing is to be written.</param>
/// <param name="State">Its description, or null.</param>
/// <param name="Snapshot">How its state is kept, or null.</param>
/// <param name="Entry">How the model lists it, or null.</param>
internal sealed record MarkedAggregate(AggregateModel? Dispatch, StateModel? State, ParsedSnapshot? Snapshot, AggregateEntry? Entry)
{
    public bool IsEmpty => Dispatch is null && State is null && Snapshot is null && Entry is null;
}

/// <summary>All that concerns ask of an explainer.</summary>
/// <param name="Dispatch">Its dispatch, or null where nothing is to be written.</param>
/// <param name="Entry">How the model lists it, or null.</param>
internal sealed record MarkedExplainer(ExplainerModel? Dispatch, ExplainerEntry? Entry)
{
    public bool IsEmpty => Dispatch is null && Entry is null;
}
