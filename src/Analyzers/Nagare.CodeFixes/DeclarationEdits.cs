using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Nagare.CodeFixes;

/// <summary>Members and attributes put where a person would put them.</summary>
internal static class DeclarationEdits
{
    /// <summary>Adds a method behind the last one of its name, or at the end.</summary>
    public static TypeDeclarationSyntax WithMethod(TypeDeclarationSyntax type, string text)
    {
        var method = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text)!
            .WithLeadingTrivia(SyntaxFactory.ElasticMarker)
            .WithTrailingTrivia(LineEnd(type))
            .WithAdditionalAnnotations(Formatter.Annotation);
        var last = type.Members.LastIndexOf(member => member is MethodDeclarationSyntax earlier && earlier.Identifier.ValueText == method.Identifier.ValueText);
        return WithBraces(type).WithMembers(type.Members.Insert(last < 0 ? type.Members.Count : last + 1, method));
    }

    /// <summary>Adds an attribute beside one that is there already.</summary>
    public static TypeDeclarationSyntax WithAttributeBeside(TypeDeclarationSyntax type, string beside, string text)
    {
        var list = type.AttributeLists.First(candidate => candidate.Attributes.Any(attribute => IsNamed(attribute, beside)));
        return type.ReplaceNode(list, list.AddAttributes(Attribute(text)));
    }

    /// <summary>Adds an attribute on a line of its own behind the one given, or beside the first of its own kind.</summary>
    public static TypeDeclarationSyntax WithAttributeBehind(TypeDeclarationSyntax type, string behind, string kind, string text)
    {
        if (type.AttributeLists.Any(list => list.Attributes.Any(attribute => IsNamed(attribute, kind))))
        {
            return WithAttributeBeside(type, kind, text);
        }

        var index = type.AttributeLists.IndexOf(list => list.Attributes.Any(attribute => IsNamed(attribute, behind)));
        var added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(Attribute(text)))
            .WithLeadingTrivia(SyntaxFactory.ElasticMarker)
            .WithTrailingTrivia(LineEnd(type))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return (TypeDeclarationSyntax)type.WithAttributeLists(type.AttributeLists.Insert(index + 1, added));
    }

    // As the file has them; where it has none yet, the formatter decides.
    private static SyntaxTrivia LineEnd(SyntaxNode node)
    {
        var written = node.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return written == default ? SyntaxFactory.ElasticMarker : written;
    }

    private static AttributeSyntax Attribute(string text) =>
        SyntaxFactory.ParseCompilationUnit($"[{text}] class C;").DescendantNodes().OfType<AttributeSyntax>().First().WithAdditionalAnnotations(Formatter.Annotation);

    private static bool IsNamed(AttributeSyntax attribute, string name)
    {
        var written = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return written == name || written == name + "Attribute";
    }

    // "partial class X;" has none.
    private static TypeDeclarationSyntax WithBraces(TypeDeclarationSyntax type) => type.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken) && !type.OpenBraceToken.IsMissing
        ? type
        : (TypeDeclarationSyntax)type
            .WithSemicolonToken(default)
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(type.SemicolonToken.TrailingTrivia))
            .WithAdditionalAnnotations(Formatter.Annotation);
}
