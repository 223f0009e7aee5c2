using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>What one compilation declares for Nagare: its events, its explainers, its model. Read once, when the first rule asks.</summary>
internal sealed class CompilationModel
{
    // The rules are objects of their own; what they ask of one compilation is read once for all of them.
    private static readonly ConditionalWeakTable<Compilation, Lazy<CompilationModel>> Known = new();

    private readonly Lazy<EquatableArray<FamilyMemberModel>> _members;
    private readonly HashSet<INamedTypeSymbol> _bases;

    private CompilationModel(IReadOnlyList<INamedTypeSymbol> marked, IReadOnlyList<ExplainerReader> explainers, HashSet<INamedTypeSymbol> bases)
    {
        Events = [.. marked.Where(EventParser.IsEvent)];
        Families = [.. marked.Where(static type => FamilyParser.StoredName(type) is not null)];
        Commands = [.. marked.Where(static type => type.FindAttribute(KnownNames.CommandAttribute) is not null)];
        Aggregates = [.. marked.Where(static type => type.FindAttribute(KnownNames.AggregateAttribute) is not null)];
        Models = [.. marked.Where(static type => type.FindAttribute(KnownNames.EventModelAttribute) is not null).OrderBy(Naming.FullName, StringComparer.Ordinal)];
        Explainers = explainers;
        _bases = bases;
        _members = new(() => FamilyMembers.InOrder(Events.Select(FamilyMembers.Parse)), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The events declared here.</summary>
    public IReadOnlyList<INamedTypeSymbol> Events { get; }

    /// <summary>The base records of the families declared here.</summary>
    public IReadOnlyList<INamedTypeSymbol> Families { get; }

    /// <summary>The commands with a stored name.</summary>
    public IReadOnlyList<INamedTypeSymbol> Commands { get; }

    /// <summary>The types marked <c>[Aggregate]</c>.</summary>
    public IReadOnlyList<INamedTypeSymbol> Aggregates { get; }

    /// <summary>The classes marked <c>[EventModel]</c>, in the order in which the generator chooses the one that counts.</summary>
    public IReadOnlyList<INamedTypeSymbol> Models { get; }

    /// <summary>The explainers declared here, marked or not.</summary>
    public IReadOnlyList<ExplainerReader> Explainers { get; }

    /// <summary>The events as dispatch needs them.</summary>
    public EquatableArray<FamilyMemberModel> Members => _members.Value;

    /// <summary>Whether the compilation holds the class marked <c>[EventModel]</c>.</summary>
    public bool HoldsModel => Models.Count > 0;

    /// <summary>What the compilation declares, read when it is first asked for.</summary>
    public static Lazy<CompilationModel> Of(Compilation compilation) => Known.GetValue(
        compilation,
        // Not the token of the callback that asks first: what is read serves every later one.
        static compilation => new(() => Read(compilation, CancellationToken.None), LazyThreadSafetyMode.ExecutionAndPublication));

    /// <summary>An explainer as the generator completes it, or null where the generator writes nothing for it.</summary>
    public ExplainerModel? Complete(ExplainerReader explainer) =>
        ExplainerParser.Parse(explainer) is { Dispatches: true } model ? ExplainerParser.Complete(model, Members) : null;

    /// <summary>The events of an aggregate's family that the generator finds neither applied nor ignored.</summary>
    public IEnumerable<INamedTypeSymbol> Unhandled(AggregateReader aggregate)
    {
        if (AggregateParser.Parse(aggregate.Type) is not { } model)
        {
            return [];
        }

        var unhandled = AggregateParser.Complete(model, Members).Unhandled;
        var family = model.Family.IsForeign ? FamilyMembers.Left(aggregate.Family, aggregate.Type.ContainingAssembly) : Events;
        return unhandled.Select(name => family.First(e => Naming.FullName(e) == name));
    }

    /// <summary>Whether some type of the compilation derives from this one.</summary>
    public bool IsBase(INamedTypeSymbol type) => _bases.Contains(type.OriginalDefinition);

    private static CompilationModel Read(Compilation compilation, CancellationToken cancellationToken)
    {
        var marked = new List<INamedTypeSymbol>();
        var explainers = new List<ExplainerReader>();
        var bases = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in AssemblyTypes.Of(compilation.Assembly, cancellationToken))
        {
            if (type.BaseType is { SpecialType: not SpecialType.System_Object } around)
            {
                bases.Add(around.OriginalDefinition);
            }

            if (type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ContainingNamespace is { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true }))
            {
                marked.Add(type);
            }

            if (ExplainerReader.TryRead(type) is { } explainer)
            {
                explainers.Add(explainer);
            }
        }

        return new CompilationModel(marked, explainers, bases);
    }
}
