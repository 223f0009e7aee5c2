using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Where in a project a person declared a type.</summary>
internal static class Declarations
{
    /// <summary>The parts of a type that a person wrote, with their documents.</summary>
    public static IEnumerable<(Document Document, TypeDeclarationSyntax Syntax)> ByHand(Project project, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        from reference in type.DeclaringSyntaxReferences
        where !GeneratedCode.Is(reference.SyntaxTree)
        let document = project.GetDocument(reference.SyntaxTree)
        where document is not null
        let syntax = reference.GetSyntax(cancellationToken) as TypeDeclarationSyntax
        where syntax is not null
        select (document, syntax);

    /// <summary>The type whose name a finding underlines.</summary>
    public static async Task<INamedTypeSymbol?> Underlined(Project project, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
        {
            return null;
        }

        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            ? semantics!.GetDeclaredSymbol(declaration, cancellationToken)
            : null;
    }

    /// <summary>A type's name as short as it may be written inside a declaration.</summary>
    public static async Task<string> NameInside(Document document, TypeDeclarationSyntax declaration, ITypeSymbol type, CancellationToken cancellationToken)
    {
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var inside = declaration.OpenBraceToken.IsMissing || declaration.OpenBraceToken.Span.Length == 0 ? declaration.Identifier.Span.End : declaration.OpenBraceToken.Span.End;
        return type.ToMinimalDisplayString(semantics!, inside);
    }
}
