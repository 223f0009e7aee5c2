using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2004 where only words are in the way: makes the upcaster static and visible, and takes from the mark what the past event says itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UpcasterSignatureCodeFix() : NodeFix(UpcasterSignatureAnalyzer.Id, "Make every upcaster callable")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax
            || semantics.GetDeclaredSymbol(syntax, cancellationToken) is not { } method)
        {
            return null;
        }

        var isHidden = method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal);
        if ((!method.IsStatic && !UsesItsObject(syntax, semantics, cancellationToken)) || (method.IsStatic && isHidden))
        {
            return new NodeEdit($"Make '{method.Name}' {(isHidden ? "internal " : "")}{(method.IsStatic ? "" : "static")}".TrimEnd(), syntax, node => Callable((MethodDeclarationSyntax)node, isHidden, method.IsStatic));
        }

        // A record that is marked says itself what it is.
        return method is { IsStatic: true, Parameters: [{ Type: INamedTypeSymbol old }, ..] } && PastEventParser.Mark(old) is not null
            && method.FindAttribute(KnownNames.UpcasterAttribute)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList: not null } mark
                ? new NodeEdit($"Write [Upcaster]: {old.Name} says of which event", mark, static node => ((AttributeSyntax)node).WithArgumentList(null))
                : null;
    }

    private static bool UsesItsObject(MethodDeclarationSyntax method, SemanticModel semantics, CancellationToken cancellationToken) =>
        method.DescendantNodes().Any(node => node is ThisExpressionSyntax or BaseExpressionSyntax
            || (node is IdentifierNameSyntax { Parent: not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }) } or IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } }
                && semantics.GetSymbolInfo(node, cancellationToken).Symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary }
                && !IsNamedOf(node)));

    // old.Name: the name is of what stands before it.
    private static bool IsNamedOf(SyntaxNode node) => node.Parent is MemberAccessExpressionSyntax access && access.Name == node;

    private static MethodDeclarationSyntax Callable(MethodDeclarationSyntax method, bool isHidden, bool isStatic)
    {
        var leading = method.GetLeadingTrivia();
        var words = method.Modifiers.Where(word => !isHidden || !(word.IsKind(SyntaxKind.PrivateKeyword) || word.IsKind(SyntaxKind.ProtectedKeyword))).Select(static word => word.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space)).ToList();
        if (isHidden)
        {
            words.Insert(0, Word(SyntaxKind.InternalKeyword));
        }

        if (!isStatic)
        {
            var at = words.FindLastIndex(static word => SyntaxFacts.IsAccessibilityModifier(word.Kind())) + 1;
            words.Insert(at, Word(SyntaxKind.StaticKeyword));
        }

        // What stands before the first word, behind the marks, stays there.
        var before = method.Modifiers.Count > 0 ? method.Modifiers[0].LeadingTrivia : method.ReturnType.GetLeadingTrivia();
        words[0] = words[0].WithLeadingTrivia(before);
        var bare = method.Modifiers.Count > 0 ? method : method.WithReturnType(method.ReturnType.WithLeadingTrivia());
        return bare.WithModifiers(SyntaxFactory.TokenList(words)).WithLeadingTrivia(leading);

        static SyntaxToken Word(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
    }
}
