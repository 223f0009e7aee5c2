using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nagare.Analyzers;

/// <summary>NAG1005: an append of which nobody learns whether it failed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedCallAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1005";

    /// <summary>The property of a diagnostic that is there where an <c>await</c> would help.</summary>
    public const string CanBeAwaitedProperty = "CanBeAwaited";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A call to the journal is not awaited",
        "Nobody waits for '{0}': {1}",
        RuleCategories.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A call whose task is dropped may not have happened when the next line runs, and what it throws is lost. A sequence that nobody enumerates does nothing at all.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var statement = (IExpressionStatementOperation)context.Operation;
        if (JournalCalls.Dropped(statement.Operation) is not { } call || IsArgumentOfAssertion(statement))
        {
            return;
        }

        var isSequence = call.TargetMethod.ReturnType.Name == "IAsyncEnumerable";
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            statement.Operation.Syntax.GetLocation(),
            isSequence ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(CanBeAwaitedProperty, ""),
            $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
            isSequence ? "the sequence is read only where it is enumerated" : "it may not be done when the next line runs, and what it throws is lost"));
    }

    // Assert.Throws(() => journal.Append(…)) asks about the call itself, not about its task.
    private static bool IsArgumentOfAssertion(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IInvocationOperation { TargetMethod: var method } && (method.Name.Contains("Throw") || method.ContainingType.Name is "Assert" or "Record"))
            {
                return true;
            }
        }

        return false;
    }
}
