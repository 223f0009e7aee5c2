using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Analyzers;

/// <summary>What a method or property of this compilation does, for rules that follow calls.</summary>
internal static class SourceBodies
{
    /// <summary>The operations of its bodies; none for what is abstract, in another assembly, or without a body.</summary>
    public static IEnumerable<IOperation> Of(ISymbol member, Compilation compilation, CancellationToken cancellationToken)
    {
        var method = member is IPropertySymbol property ? property.GetMethod : member as IMethodSymbol;
        if (method is null or { IsAbstract: true } or { IsExtern: true })
        {
            yield break;
        }

        foreach (var reference in method.DeclaringSyntaxReferences.Where(reference => compilation.ContainsSyntaxTree(reference.SyntaxTree)))
        {
            SyntaxNode? body = reference.GetSyntax(cancellationToken) switch
            {
                BaseMethodDeclarationSyntax declaration => (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody,
                LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
                AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
                ArrowExpressionClauseSyntax arrow => arrow,
                _ => null,
            };
            if (body is null)
            {
                continue;
            }

            // A call leads into files that no single analysis callback hands out; folds and decisions are few and short.
#pragma warning disable RS1030
            var semantics = compilation.GetSemanticModel(reference.SyntaxTree);
#pragma warning restore RS1030
            if (semantics.GetOperation(body, cancellationToken) is { } operation)
            {
                yield return operation;
            }
        }
    }
}
