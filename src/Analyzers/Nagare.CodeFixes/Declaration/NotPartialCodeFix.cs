using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0011: adds <c>partial</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NotPartialCodeFix() : NodeFix(NotPartialAnalyzer.Id, "Make every marked class partial")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.ContainsKey(NotPartialAnalyzer.CanBePartialProperty) && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? new NodeEdit($"Make '{type.Identifier.ValueText}' partial", type, static type => Modifiers.With((TypeDeclarationSyntax)type, SyntaxKind.PartialKeyword))
            : null;
}
