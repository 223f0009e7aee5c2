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
}
