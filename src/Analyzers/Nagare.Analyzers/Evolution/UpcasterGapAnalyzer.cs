using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2001: a stored version that nothing leads to today cannot be read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpcasterGapAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A stored version leads nowhere",
        "'{0}' {1}",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Every version in which an event was ever stored must be read: by a past event with an upcaster, or by an upcaster of raw JSON.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        StoredHistory.Register(context, Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, StoredHistory history)
    {
        if (history.Find(context.Symbol) is { } shape && Gap(shape, history) is { } gap)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Symbol.Locations[0], context.Symbol.Name, gap));
        }
    }

    private static string? Gap(NamedShape shape, StoredHistory history)
    {
        if (shape.IsPast && history.From((INamedTypeSymbol)shape.Symbol) is { End: WayEnd.Gap, Steps.Count: 0 })
        {
            return "has no upcaster: write [Upcaster] static TheEvent Upcast(" + shape.Symbol.Name + " old), or one that returns an empty IEnumerable where nothing is left of it";
        }

        // Named once, at the latest version; with its past events, an event of today is the latest.
        return history.IsLatest(shape) && history.FirstMissing(shape) is { } missing
            ? $"is version {shape.Version} of '{shape.Name}', but nothing reads version {missing}: keep its shape as a [PastEvent] with an [Upcaster], or write [Upcaster(\"{shape.Name}\", {missing})] for its JSON"
            : null;
    }
}
