using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG3002: a decision that changes what it only decides on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutatingDecisionAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG3002";

    private const string UntypedDecision = "Nagare.Decision";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A decision changes the state",
        "The decision '{0}' changes the state at '{1}', which no event records: return an event, and change the state where it is applied",
        RuleCategories.Purity,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A decision looks at the state and returns events. What it changes itself is not stored, is gone at the next load, and happens again when the command is decided again after a conflict.",
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
            var changes = new StateChanges(start.Compilation);
            start.RegisterOperationBlockAction(block => AnalyzeMethod(block, changes));
            start.RegisterOperationAction(operation => AnalyzeLambda(operation, changes), OperationKind.AnonymousFunction);
        });
    }

    private static void AnalyzeMethod(OperationBlockAnalysisContext context, StateChanges changes)
    {
        if (context.OwningSymbol is not IMethodSymbol { Name: "Decide" } method || Folds.AggregateOf(method) is not { } aggregate || !ReturnsDecision(method))
        {
            return;
        }

        var state = method.IsStatic ? method.Parameters.FirstOrDefault(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, aggregate)) : null;
        foreach (var block in context.OperationBlocks)
        {
            foreach (var change in changes.In(block, state, context.CancellationToken))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, change.GetLocation(), Folds.NameOf(method), change.ToString()));
            }
        }
    }

    // repository.Execute(stream, run => …): a lambda is a decision too.
    private static void AnalyzeLambda(OperationAnalysisContext context, StateChanges changes)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (lambda.Symbol is not { Parameters: [var state], ReturnType: var returned } || !returned.Is(UntypedDecision) || state.Type.FindInterface(KnownNames.Aggregate) is null)
        {
            return;
        }

        foreach (var change in changes.In(lambda.Body, state, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, change.GetLocation(), $"{state.Name} => …", change.ToString()));
        }
    }

    private static bool ReturnsDecision(IMethodSymbol method) => method.ReturnType.Is(KnownNames.Decision);
}
