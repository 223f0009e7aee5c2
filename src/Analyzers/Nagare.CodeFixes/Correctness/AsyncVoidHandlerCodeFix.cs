using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1004: lets a handler that may wait return a <c>ValueTask</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AsyncVoidHandlerCodeFix() : NodeFix(AsyncVoidHandlerAnalyzer.Id, "Let every handler return a task")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: "On" or "Deliver" } method
            ? new NodeEdit(
                "Return ValueTask",
                method.ReturnType,
                static type => SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.ValueTask").WithTriviaFrom(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation))
            : null;
}
