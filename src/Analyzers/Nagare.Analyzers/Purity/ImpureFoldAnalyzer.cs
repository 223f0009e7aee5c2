using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nagare.Analyzers;

/// <summary>NAG3001: a fold or upcaster that reads a clock, a random number, the environment, changing static state, or does I/O.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpureFoldAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG3001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A fold is not a pure function",
        "'{0}' {1} ('{2}'{3}), so folding the same events again gives another state: put what it needs into the event",
        RuleCategories.Purity,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "State is folded again and again from the same events: on every load, at an earlier version, in a search for the first break. It must depend on the state and the event alone.",
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
            var pure = new PureCode(start.Compilation);
            start.RegisterOperationBlockAction(block => Analyze(block, pure));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, PureCode pure)
    {
        if (!Folds.Is(context.OwningSymbol))
        {
            return;
        }

        var reported = new HashSet<SyntaxNode>();
        foreach (var block in context.OperationBlocks)
        {
            foreach (var impurity in pure.In(block, context.CancellationToken))
            {
                if (reported.Add(impurity.Place))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rule,
                        impurity.Place.GetLocation(),
                        Folds.NameOf(context.OwningSymbol),
                        impurity.Does,
                        impurity.What,
                        impurity.Through is null ? "" : $" in '{impurity.Through}'"));
                }
            }
        }
    }
}
