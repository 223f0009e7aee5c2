using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2003: where two ways lead on from a stored version, which one is meant is anybody's guess.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbiguousUpcasterAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Two ways lead from a stored version",
        "'{0}' {1}",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A stored name and version is read in one way: by one event, one past event with one upcaster, or one upcaster of raw JSON.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        StoredHistory.Register(context, Analyze, SymbolKind.NamedType, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context, StoredHistory history)
    {
        if (history.Find(context.Symbol) is not { } shape)
        {
            return;
        }

        if (shape.IsPast && history.UpcastersOf((INamedTypeSymbol)shape.Symbol).ToList() is { Count: > 1 } upcasters)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, shape.Symbol.Locations[0], upcasters.Select(static upcaster => upcaster.Method.Locations[0]), shape.Symbol.Name, "has several upcasters, " + string.Join(" and ", upcasters.Select(Name)) + ": leave one"));
        }

        // Two events of today under one name are another rule's finding; an event beside a past one is not the one to change.
        if (!shape.IsEvent && history.Rivals(shape).FirstOrDefault() is { Other: { } other } rival)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, shape.Symbol.Locations[0], other.Symbol.Locations, shape.Symbol.Name, $"reads '{rival.Name}' version {shape.Version}, which {other.Symbol.ContainingSymbol.Name}.{other.Symbol.Name} reads too: leave one, or correct the version"));
        }
    }

    private static string Name(UpcasterReader upcaster) => $"{upcaster.Method.ContainingType.Name}.{upcaster.Method.Name}";
}
