using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0004: writes <c>init</c> instead of a public <c>set</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MutableEventCodeFix() : NodeFix(MutableEventAnalyzer.Id, "Give init to every member of events")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.ContainsKey(MutableEventAnalyzer.CanBeInitProperty)
        && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property
        && property.AccessorList?.Accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)) is { } setter
            ? new NodeEdit($"Give '{property.Identifier.ValueText}' init", setter, static accessor => Init((AccessorDeclarationSyntax)accessor))
            : null;

    private static AccessorDeclarationSyntax Init(AccessorDeclarationSyntax setter) =>
        SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration, setter.AttributeLists, setter.Modifiers, SyntaxFactory.Token(SyntaxKind.InitKeyword).WithTriviaFrom(setter.Keyword), setter.Body, setter.ExpressionBody, setter.SemicolonToken);
}
