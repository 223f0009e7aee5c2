using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2002: past events whose upcasters lead from one to the other and back never become an event.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpcasterCycleAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Upcasters lead in a circle",
        "'{0}' leads back to itself, {1}, and never to an event of today",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Each upcaster leads on: to a later past event or to events of today.",
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
        if (history.Find(context.Symbol) is not { IsPast: true } shape || history.From((INamedTypeSymbol)shape.Symbol) is not { End: WayEnd.Circle } way)
        {
            return;
        }

        // One that only leads into the circle is no part of it.
        var start = Naming.FullName((INamedTypeSymbol)shape.Symbol);
        if (way.At == start)
        {
            var passed = way.Steps.Select(static step => step.Target).Select(static target => target.Substring(target.LastIndexOfAny(['.', ':']) + 1));
            context.ReportDiagnostic(Diagnostic.Create(Rule, shape.Symbol.Locations[0], shape.Symbol.Name, "over " + string.Join(", ", passed)));
        }
    }
}
