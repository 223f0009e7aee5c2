using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0001: seals an event from which nothing derives.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnsealedEventCodeFix() : NodeFix(UnsealedEventAnalyzer.Id, "Seal every event")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.ContainsKey(UnsealedEventAnalyzer.CanBeSealedProperty) && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? new NodeEdit($"Seal '{type.Identifier.ValueText}'", type, static type => Modifiers.With((TypeDeclarationSyntax)type, SyntaxKind.SealedKeyword))
            : null;
}
