using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1005: awaits the call where the code around it is asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnawaitedCallCodeFix() : NodeFix(UnawaitedCallAnalyzer.Id, "Await every call to the journal")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.ContainsKey(UnawaitedCallAnalyzer.CanBeAwaitedProperty)
        && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>(expression => expression.Span == diagnostic.Location.SourceSpan) is { } call
        && IsAsynchronous(call)
            ? new NodeEdit("Await the call", call, static call => SyntaxFactory.AwaitExpression(((ExpressionSyntax)call).WithoutLeadingTrivia()).WithLeadingTrivia(call.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation))
            : null;

    private static bool IsAsynchronous(SyntaxNode node)
    {
        foreach (var around in node.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
