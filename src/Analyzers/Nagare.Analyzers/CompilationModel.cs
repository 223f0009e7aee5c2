using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>What one compilation declares for Nagare: its events, its explainers, whether it holds the model. Read once, when the first rule asks.</summary>
internal sealed class CompilationModel
{
    private readonly EquatableArray<FamilyMemberModel> _members;

    private CompilationModel(IReadOnlyList<INamedTypeSymbol> events, IReadOnlyList<ExplainerReader> explainers, bool holdsModel)
    {
        Events = events;
        Explainers = explainers;
        HoldsModel = holdsModel;
        _members = FamilyMembers.InOrder(events.Select(FamilyMembers.Parse));
    }

    /// <summary>The events declared here.</summary>
    public IReadOnlyList<INamedTypeSymbol> Events { get; }

    /// <summary>The explainers declared here, marked or not.</summary>
    public IReadOnlyList<ExplainerReader> Explainers { get; }

    /// <summary>Whether the compilation holds the class marked <c>[EventModel]</c>.</summary>
    public bool HoldsModel { get; }

    public static CompilationModel Read(Compilation compilation, CancellationToken cancellationToken)
    {
        var events = new List<INamedTypeSymbol>();
        var explainers = new List<ExplainerReader>();
        var holdsModel = false;
        foreach (var type in AssemblyTypes.Of(compilation.Assembly, cancellationToken))
        {
            if (EventParser.IsEvent(type))
            {
                events.Add(type);
            }
            else if (ExplainerReader.TryRead(type) is { } explainer)
            {
                explainers.Add(explainer);
            }

            holdsModel |= type.FindAttribute(KnownNames.EventModelAttribute) is not null;
        }

        return new CompilationModel(events, explainers, holdsModel);
    }

    /// <summary>An explainer as the generator completes it, or null where the generator writes nothing for it.</summary>
    public ExplainerModel? Complete(ExplainerReader explainer) =>
        ExplainerParser.Parse(explainer) is { Dispatches: true } model ? ExplainerParser.Complete(model, _members) : null;

    /// <summary>The events of an aggregate's family that the generator finds neither applied nor ignored.</summary>
    public IEnumerable<INamedTypeSymbol> Unhandled(AggregateReader aggregate)
    {
        if (AggregateParser.Parse(aggregate.Type) is not { } model)
        {
            return [];
        }

        var unhandled = AggregateParser.Complete(model, _members).Unhandled;
        var family = model.Family.IsForeign ? FamilyMembers.Left(aggregate.Family, aggregate.Type.ContainingAssembly) : Events;
        return unhandled.Select(name => family.First(e => Naming.FullName(e) == name));
    }
}
