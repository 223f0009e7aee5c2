using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What is marked in a compilation, found and parsed once for all concerns; a kind that no concern asks for is not looked for.</summary>
internal sealed class Marks
{
    private readonly Lazy<IncrementalValuesProvider<MarkedEvent>> _events;
    private readonly Lazy<IncrementalValueProvider<ImmutableArray<MarkedEvent>>> _allEvents;
    private readonly Lazy<IncrementalValueProvider<EquatableArray<FamilyMemberModel>>> _members;
    private readonly Lazy<IncrementalValuesProvider<MarkedPastEvent>> _pastEvents;
    private readonly Lazy<IncrementalValueProvider<ImmutableArray<MarkedPastEvent>>> _allPastEvents;
    private readonly Lazy<IncrementalValuesProvider<FamilyModel>> _families;
    private readonly Lazy<IncrementalValuesProvider<TypeModel>> _models;
    private readonly Lazy<IncrementalValuesProvider<MarkedAggregate>> _aggregates;
    private readonly Lazy<IncrementalValuesProvider<MarkedExplainer>> _explainers;
    private readonly Lazy<IncrementalValuesProvider<CommandEntry>> _commands;
    private readonly Lazy<IncrementalValuesProvider<InvariantModel>> _invariants;
    private readonly Lazy<IncrementalValuesProvider<UpcasterModel>> _upcasters;

    public Marks(IncrementalGeneratorInitializationContext context, IMemory memory)
    {
        _events = new(() => context.ForMark(memory, KnownNames.EventAttribute, EventParser.IsCandidate, Event).WithTrackingName(Steps.ParseEvent));
        _allEvents = new(() => Events.Collect());
        _members = new(() => AllEvents
            .Select(static (events, _) => FamilyMembers.InOrder(events.Select(static e => e.Member).Distinct()))
            .WithTrackingName(Steps.CollectMembers));
        _pastEvents = new(() => context.ForMark(memory, KnownNames.PastEventAttribute, PastEventParser.IsCandidate, PastEvent).WithTrackingName(Steps.ParsePastEvent));
        _allPastEvents = new(() => PastEvents.Collect());
        _families = new(() => context.ForMark(memory, KnownNames.EventFamilyAttribute, FamilyParser.IsCandidate, FamilyParser.Parse).WithTrackingName(Steps.ParseFamily));
        _models = new(() => context.ForMark(memory, KnownNames.EventModelAttribute, EventModelParser.IsCandidate, EventModelParser.Parse).WithTrackingName(Steps.ParseModel));
        _aggregates = new(() => context.ForMark(memory, KnownNames.AggregateAttribute, AggregateParser.IsCandidate, Aggregate).WithTrackingName(Steps.ParseAggregate));
        _explainers = new(() => context.ForMark(memory, KnownNames.ExplainerAttribute, ExplainerParser.IsCandidate, Explainer).WithTrackingName(Steps.ParseExplainer));
        _commands = new(() => context.ForMark(memory, KnownNames.CommandAttribute, RegistrationParser.IsType, RegistrationParser.ParseCommand).WithTrackingName(Steps.ParseCommand));
        _invariants = new(() => context.ForMark(memory, KnownNames.InvariantAttribute, InvariantParser.IsCandidate, InvariantParser.Parse).WithTrackingName(Steps.ParseInvariant));
        _upcasters = new(() => context.ForMark(memory, KnownNames.UpcasterAttribute, UpcasterParser.IsCandidate, UpcasterParser.Parse).WithTrackingName(Steps.ParseUpcaster));
    }

    public IncrementalValuesProvider<MarkedEvent> Events => _events.Value;

    /// <summary>All of them as one value. A step for each event costs the compiler more than most of them do: what needs all begins here.</summary>
    public IncrementalValueProvider<ImmutableArray<MarkedEvent>> AllEvents => _allEvents.Value;

    /// <summary>Every event of every family in this assembly, in an order that does not depend on the files'.</summary>
    public IncrementalValueProvider<EquatableArray<FamilyMemberModel>> Members => _members.Value;

    public IncrementalValuesProvider<MarkedPastEvent> PastEvents => _pastEvents.Value;

    /// <summary>All of them as one value.</summary>
    public IncrementalValueProvider<ImmutableArray<MarkedPastEvent>> AllPastEvents => _allPastEvents.Value;

    public IncrementalValuesProvider<FamilyModel> Families => _families.Value;

    public IncrementalValuesProvider<TypeModel> Models => _models.Value;

    public IncrementalValuesProvider<MarkedAggregate> Aggregates => _aggregates.Value;

    public IncrementalValuesProvider<MarkedExplainer> Explainers => _explainers.Value;

    public IncrementalValuesProvider<CommandEntry> Commands => _commands.Value;

    public IncrementalValuesProvider<InvariantModel> Invariants => _invariants.Value;

    public IncrementalValuesProvider<UpcasterModel> Upcasters => _upcasters.Value;

    private static MarkedEvent? Event(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type && EventParser.Parse(type, cancellationToken) is { } parsed
            ? new MarkedEvent(parsed, FamilyMembers.Parse(type))
            : null;

    private static MarkedPastEvent? PastEvent(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type && PastEventParser.Parse(type, cancellationToken) is { } parsed
            ? new MarkedPastEvent(parsed, PastEventParser.ParseEntry(type))
            : null;

    private static MarkedAggregate? Aggregate(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not INamedTypeSymbol type)
        {
            return null;
        }

        var snapshot = SnapshotParser.Parse(type, cancellationToken);
        var aggregate = new MarkedAggregate(AggregateParser.Parse(type), StateParser.Parse(type, cancellationToken), snapshot, RegistrationParser.ParseAggregate(type, hasSnapshots: snapshot is not null));
        return aggregate.IsEmpty ? null : aggregate;
    }

    private static MarkedExplainer? Explainer(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type && ExplainerReader.TryRead(type) is { } explainer
        && new MarkedExplainer(ExplainerParser.Parse(explainer), RegistrationParser.ParseExplainer(explainer)) is { IsEmpty: false } marked
            ? marked
            : null;
}
