using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0011: what is not partial gets no other half.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotPartialAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0011";

    /// <summary>The property of a diagnostic that is there where the class itself lacks the word.</summary>
    public const string CanBePartialProperty = "CanBePartial";

    private const string EventModelInterface = "Nagare.IEventModel";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A marked class is not partial",
        "'{0}' is marked [{1}] and is not partial{2}, so nothing can be generated into it",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generators write the other half of a class marked [EventModel], and of an aggregate or explainer that leaves members to them. They can do so only where the class and the types around it are partial.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class || type.IsStatic || Inheritance.IsGeneric(type) || Needs(type) is not { } attribute || TypeParser.CanBeExtended(type))
        {
            return;
        }

        var isPartial = TypeParser.IsPartial(type);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            Places.Of(type, attribute),
            isPartial ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(CanBePartialProperty, ""),
            type.Name,
            attribute.AttributeClass!.Name.Replace("Attribute", ""),
            isPartial ? ", or stands in a type that is not" : ""));
    }

    // A class that writes everything itself, as most documentation shows it, needs no other half.
    private static AttributeData? Needs(INamedTypeSymbol type)
    {
        if (type.FindAttribute(KnownNames.EventModelAttribute) is { } model)
        {
            return type.FindInterface(EventModelInterface) is null ? model : null;
        }

        if (AggregateReader.TryRead(type) is { } aggregate)
        {
            return aggregate.WritesByHand("Initial") && aggregate.WritesByHand("Evolve") ? null : aggregate.Attribute;
        }

        return type.FindAttribute(KnownNames.ExplainerAttribute) is { } mark && ExplainerReader.TryRead(type) is { } explainer && !explainer.WritesByHand(1) ? mark : null;
    }
}
