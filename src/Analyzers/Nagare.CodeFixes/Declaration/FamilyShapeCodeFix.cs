using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0003: adds <c>partial</c> and <c>abstract</c> to a record that lacks them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class FamilyShapeCodeFix() : NodeFix(FamilyShapeAnalyzer.Id, "Make every family a partial abstract record")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<RecordDeclarationSyntax>() is { } family
        && !(family.Modifiers.Any(SyntaxKind.PartialKeyword) && family.Modifiers.Any(SyntaxKind.AbstractKeyword))
        && !family.Modifiers.Any(SyntaxKind.SealedKeyword)
            ? new NodeEdit(
                $"Make '{family.Identifier.ValueText}' partial and abstract",
                family,
                static type => Modifiers.With(Modifiers.With((TypeDeclarationSyntax)type, SyntaxKind.PartialKeyword), SyntaxKind.AbstractKeyword))
            : null;
}
