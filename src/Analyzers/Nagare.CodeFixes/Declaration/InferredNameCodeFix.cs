using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0015: pins the name that is stored today.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InferredNameCodeFix() : NodeFix(InferredNameAnalyzer.Id, "Pin every stored name")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.Properties.TryGetValue(InferredNameAnalyzer.NameProperty, out var name)
        && name is not null
        && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(attribute => IsEvent(attribute, semantics, cancellationToken)) is { } attribute
            ? new NodeEdit($"Store '{type.Identifier.ValueText}' as \"{name}\"", attribute, node => With((AttributeSyntax)node, name))
            : null;

    private static bool IsEvent(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellationToken) =>
        semantics.GetTypeInfo(attribute, cancellationToken).Type is { Name: "EventAttribute", ContainingNamespace.Name: "Nagare" };

    private static AttributeSyntax With(AttributeSyntax attribute, string name)
    {
        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)));
        var arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        return attribute.WithArgumentList(arguments.WithArguments(arguments.Arguments.Insert(0, argument))).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
