using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1001: an event that nobody explained reads at 2 a.m. as its type's name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingExplanationAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event has no explanation",
        "The event '{0}' has no explanation: {1}",
        RuleCategories.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event without an explanation is shown by its name and members. Write an Explain method or a switch arm for it in its family's explainer, or put [Explain] on the event.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var compilation = start.Compilation;
            var coverage = new Lazy<ExplanationCoverage>(
                () => ExplanationCoverage.Of(compilation, CompilationModel.Of(compilation).Value),
                LazyThreadSafetyMode.ExecutionAndPublication);
            start.RegisterSymbolAction(symbol => Analyze(symbol, coverage), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<ExplanationCoverage> coverage)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (EventParser.IsEvent(type) && coverage.Value.Misses(type, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], type.Name, Advice(type, coverage.Value)));
        }
    }

    private static string Advice(INamedTypeSymbol e, ExplanationCoverage coverage)
    {
        var explainers = coverage.Explainers(FamilyParser.BaseOf(e)!);
        return explainers.Count == 0
            ? "put [Explain] on it, or write an explainer for its family"
            : $"write one in {string.Join(" or ", explainers.Select(static explainer => explainer.Type.Name))}, or put [Explain] on it";
    }
}
