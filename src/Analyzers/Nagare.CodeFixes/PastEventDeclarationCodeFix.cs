using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2005 where a past event is a class that nothing can make, or cannot be seen: a word is in the way, or missing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PastEventDeclarationCodeFix() : NodeFix(PastEventDeclarationAnalyzer.Id, "Make every past event readable")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } syntax
            || semantics.GetDeclaredSymbol(syntax, cancellationToken) is not { } past)
        {
            return null;
        }

        var kind = past switch
        {
            { IsAbstract: true, IsStatic: false } when !Inheritance.IsGeneric(past) && !CompilationModel.Of(semantics.Compilation).Value.IsBase(past) => SyntaxKind.AbstractKeyword,
            { DeclaredAccessibility: Accessibility.Private } => SyntaxKind.PrivateKeyword,
            { DeclaredAccessibility: Accessibility.Protected } => SyntaxKind.ProtectedKeyword,
            _ => SyntaxKind.None,
        };
        return kind switch
        {
            SyntaxKind.None => null,
            SyntaxKind.AbstractKeyword => new NodeEdit($"Seal '{past.Name}': it is read as it was stored", syntax, static type => Modifiers.Replace((TypeDeclarationSyntax)type, SyntaxKind.AbstractKeyword, SyntaxKind.SealedKeyword)),
            _ => new NodeEdit($"Make '{past.Name}' internal", syntax, type => Modifiers.Replace((TypeDeclarationSyntax)type, kind, SyntaxKind.InternalKeyword)),
        };
    }
}
