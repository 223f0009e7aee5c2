using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.CodeFixes;

/// <summary>Words in front of a declaration, put where a person would put them.</summary>
internal static class Modifiers
{
    /// <summary>Adds a modifier: <c>partial</c> last, as the language asks, any other before it.</summary>
    public static TypeDeclarationSyntax With(TypeDeclarationSyntax type, SyntaxKind kind)
    {
        if (type.Modifiers.Any(kind))
        {
            return type;
        }

        var added = SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count == 0)
        {
            return (TypeDeclarationSyntax)type
                .WithKeyword(type.Keyword.WithLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(added.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
        }

        var partial = type.Modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (kind == SyntaxKind.PartialKeyword || partial < 0)
        {
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(added));
        }

        var before = type.Modifiers[partial];
        return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers
            .Replace(before, before.WithLeadingTrivia())
            .Insert(partial, added.WithLeadingTrivia(before.LeadingTrivia)));
    }

    /// <summary>Puts one modifier in the place of another, or first where the other is not written.</summary>
    public static TypeDeclarationSyntax Replace(TypeDeclarationSyntax type, SyntaxKind kind, SyntaxKind with)
    {
        var written = type.Modifiers.FirstOrDefault(modifier => modifier.IsKind(kind));
        if (written.IsKind(kind))
        {
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Replace(written, SyntaxFactory.Token(with).WithTriviaFrom(written)));
        }

        if (type.Modifiers.Count == 0)
        {
            return With(type, with);
        }

        var first = type.Modifiers[0];
        return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers
            .Replace(first, first.WithLeadingTrivia())
            .Insert(0, SyntaxFactory.Token(with).WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space)));
    }
}
