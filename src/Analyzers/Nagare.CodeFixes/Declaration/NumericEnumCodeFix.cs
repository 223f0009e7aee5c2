using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0014: removes the converter that writes numbers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NumericEnumCodeFix() : NodeFix(NumericEnumAnalyzer.Id, "Store every enum by name")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan) is not { } node)
        {
            return null;
        }

        // On the member itself; on the enum it may be meant for others, and stands in another file.
        var lists = (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() as PropertyDeclarationSyntax)?.AttributeLists ?? node.FirstAncestorOrSelf<ParameterSyntax>()?.AttributeLists ?? default;
        var attribute = lists.SelectMany(static list => list.Attributes).FirstOrDefault(static attribute => attribute.ToString().Contains("JsonNumberEnumConverter"))
            ?? EnumOf(node, semantics, cancellationToken);
        return attribute?.Parent is AttributeListSyntax { Parent: { } owner } ? new NodeEdit("Store names", owner, current => Without(current)) : null;
    }

    private static AttributeSyntax? EnumOf(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var type = node.FirstAncestorOrSelf<ParameterSyntax>()?.Type ?? node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type;
        var symbol = type is null ? null : semantics.GetTypeInfo(type, cancellationToken).Type;
        return symbol?.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<EnumDeclarationSyntax>()
            .SelectMany(static declaration => declaration.AttributeLists)
            .SelectMany(static list => list.Attributes)
            .FirstOrDefault(static attribute => attribute.ToString().Contains("JsonNumberEnumConverter"));
    }

    private static SyntaxNode Without(SyntaxNode owner) =>
        owner.DescendantNodes().OfType<AttributeSyntax>().FirstOrDefault(static attribute => attribute.ToString().Contains("JsonNumberEnumConverter")) is { Parent: AttributeListSyntax list } attribute
            ? list.Attributes.Count == 1
                ? owner.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!.WithLeadingTrivia(owner.GetLeadingTrivia())
                : owner.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!
            : owner;
}
