using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>The order in which a person reads declarations: file by file, top to bottom, whatever order the compiler got the files in.</summary>
internal static class SourceOrder
{
    /// <summary>The methods of a type with this name that a person wrote, in reading order.</summary>
    public static ImmutableArray<IMethodSymbol> MethodsByHand(INamedTypeSymbol type, string name) =>
        [.. type.GetMembers(name).OfType<IMethodSymbol>().Where(GeneratedCode.IsByHand).OrderBy(Place, Comparer)];

    private static readonly IComparer<(string Path, int Position)> Comparer =
        Comparer<(string Path, int Position)>.Create(static (left, right) =>
        {
            var byPath = string.CompareOrdinal(left.Path, right.Path);
            return byPath != 0 ? byPath : left.Position.CompareTo(right.Position);
        });

    private static (string Path, int Position) Place(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } reference ? (reference.SyntaxTree.FilePath, reference.Span.Start) : ("", 0);
}
