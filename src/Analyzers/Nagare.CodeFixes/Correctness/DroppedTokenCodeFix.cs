using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1006: hands on the token.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DroppedTokenCodeFix() : NodeFix(DroppedTokenAnalyzer.Id, "Hand on every cancellation token")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.TryGetValue(DroppedTokenAnalyzer.TokenProperty, out var token)
        && diagnostic.Properties.TryGetValue(DroppedTokenAnalyzer.ParameterProperty, out var parameter)
        && token is not null
        && parameter is not null
        && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && semantics.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
            ? new NodeEdit($"Hand on '{token}'", call.ArgumentList, list => With((ArgumentListSyntax)list, token, IsNextInOrder(call, method) ? null : parameter))
            : null;

    // Behind a named argument, or one that was left out, only a name says which parameter is meant.
    private static bool IsNextInOrder(InvocationExpressionSyntax call, IMethodSymbol method) =>
        call.ArgumentList.Arguments.Count == method.Parameters.Length - 1 && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null);

    private static ArgumentListSyntax With(ArgumentListSyntax list, string token, string? parameter)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token));
        return list.AddArguments(parameter is null ? argument : argument.WithNameColon(SyntaxFactory.NameColon(parameter))).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
