using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1006: a token that ends at the door of the journal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedTokenAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1006";

    /// <summary>The property of a diagnostic that holds the token's name.</summary>
    public const string TokenProperty = "Token";

    /// <summary>The property of a diagnostic that holds the name of the parameter that takes it.</summary>
    public const string ParameterProperty = "Parameter";

    private const string TokenType = "System.Threading.CancellationToken";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A call to the journal leaves out the cancellation token at hand",
        "'{0}' is not given '{1}': it would go on when its caller has given up",
        RuleCategories.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A method that takes a cancellation token and does not hand it on cannot be cancelled where it waits longest. CancellationToken.None says that this is meant.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!JournalCalls.Is(call.TargetMethod)
            || call.Arguments.LastOrDefault() is not { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }
            || !parameter.Type.Is(TokenType)
            || !JournalCalls.IsAsynchronous(call.TargetMethod)
            || IsCleaningUp(call)
            || JournalCalls.HasOwnToken(call)
            || TokenAtHand(call, context.ContainingSymbol) is not { } token)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            JournalCalls.NameOf(call).GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(TokenProperty, token).Add(ParameterProperty, parameter.Name),
            $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
            token));
    }

    // The nearest function that takes exactly one; a static one sees no other.
    private static string? TokenAtHand(IOperation operation, ISymbol containing)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            var function = current switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is not null && (TokenOf(function) is { } token || function.IsStatic))
            {
                return TokenOf(function);
            }
        }

        return containing is IMethodSymbol method ? TokenOf(method) : null;
    }

    private static string? TokenOf(IMethodSymbol method) =>
        method.Parameters.Where(static parameter => parameter.RefKind == RefKind.None && parameter.Type.Is(TokenType)).ToList() is [var only] ? only.Name : null;

    // What is done after a cancellation must not be cancelled by it.
    private static bool IsCleaningUp(IOperation operation)
    {
        for (IOperation? inner = operation, outer = operation.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is ICatchClauseOperation || (outer is ITryOperation attempt && attempt.Finally == inner))
            {
                return true;
            }
        }

        return false;
    }
}
