using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0006: writes an interface that only reads. It is stored as the same JSON.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MutableCollectionCodeFix() : NodeFix(MutableCollectionAnalyzer.Id, "Let every event hold collections that only read")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan);
        var type = node.FirstAncestorOrSelf<ParameterSyntax>()?.Type ?? node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type;
        return type is not null && diagnostic.Properties.TryGetValue(MutableCollectionAnalyzer.ReplacementProperty, out var replacement) && replacement is not null
            ? new NodeEdit(
                $"Write {replacement.Split('<')[0].Split('.').Last()} instead",
                type,
                type => SyntaxFactory.ParseTypeName(replacement).WithTriviaFrom(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation))
            : null;
    }
}
