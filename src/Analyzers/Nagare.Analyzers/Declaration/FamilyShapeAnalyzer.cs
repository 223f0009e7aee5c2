using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0003: a family whose base the generator cannot complete has no codecs and no descriptor.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FamilyShapeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event family is not a partial abstract record",
        "The event family '{0}' {1}: a family's base is a partial abstract record, which the generator closes and lists",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generator adds a private constructor and the list of events to a family's base record. It can do so only for a partial abstract record without type parameters.",
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
        if (type.FindAttribute(KnownNames.EventFamilyAttribute) is { } attribute && Fault(type) is { } fault)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type, attribute), type.Name, fault));
        }
    }

    private static string? Fault(INamedTypeSymbol type) => type switch
    {
        { IsRecord: false } => "is no record",
        _ when Inheritance.IsGeneric(type) => "has type parameters, or stands in a type that has",
        _ when !TypeParser.IsPartial(type) => "is not partial",
        { IsAbstract: false } => "is not abstract",
        _ when !TypeParser.CanBeExtended(type) => "stands in a type that is not partial",
        _ => null,
    };
}
