using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>The types that a hand-written class tells apart: in the arms of a switch, in <c>is</c>, and as parameters of its methods.</summary>
/// <remarks>A discard arm tells nothing apart, and so explains nothing.</remarks>
internal static class WrittenPatterns
{
    public static IEnumerable<INamedTypeSymbol> In(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var reference in type.DeclaringSyntaxReferences.Where(static reference => !GeneratedCode.Is(reference.SyntaxTree)))
        {
            // A class with a hand-written switch may span files that no single analysis callback hands out; there is about one of them a family.
#pragma warning disable RS1030
            var semantics = compilation.GetSemanticModel(reference.SyntaxTree);
#pragma warning restore RS1030
            foreach (var named in TypesNamed(reference.GetSyntax(cancellationToken)))
            {
                if (semantics.GetSymbolInfo(named, cancellationToken).Symbol is INamedTypeSymbol symbol)
                {
                    yield return symbol;
                }
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> TypesNamed(SyntaxNode declaration) =>
        declaration.DescendantNodes(static node => !node.IsKind(SyntaxKind.NotPattern)).SelectMany(static node => node switch
        {
            DeclarationPatternSyntax pattern => [pattern.Type],
            TypePatternSyntax pattern => [pattern.Type],
            RecursivePatternSyntax { Type: { } type } => [type],
            ConstantPatternSyntax pattern => [pattern.Expression],
            BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.IsExpression) => [binary.Right],
            CaseSwitchLabelSyntax label => [label.Value],
            ParameterSyntax { Type: { } type } => [type],
            TypeOfExpressionSyntax typeOf => [typeOf.Type],
            _ => Array.Empty<ExpressionSyntax>(),
        });
}
