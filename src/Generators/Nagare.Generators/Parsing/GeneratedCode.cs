using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Tells what a person wrote from what a generator did: a generated stub explains nothing, a generated fold applies nothing.</summary>
/// <remarks>Generators never see their own output, analyzers do; without this the two would disagree.</remarks>
internal static class GeneratedCode
{
    private const string Suffix = ".g.cs";

    /// <summary>Whether some declaration of the symbol was written by hand. Record members that the compiler makes are not.</summary>
    public static bool IsByHand(ISymbol symbol) =>
        !symbol.IsImplicitlyDeclared && symbol.DeclaringSyntaxReferences.Any(static reference => !Is(reference.SyntaxTree));

    /// <summary>Whether a type, or a base of it, implements an interface's member by hand. The interface's own default does not count.</summary>
    public static bool ImplementsByHand(INamedTypeSymbol type, ISymbol member) =>
        type.FindImplementationForInterfaceMember(member) is { } implementation
        && implementation.ContainingType is { TypeKind: not TypeKind.Interface } owner
        && (!SymbolEqualityComparer.Default.Equals(owner, type) || IsByHand(implementation));

    /// <summary>Whether a generator wrote the file.</summary>
    public static bool Is(SyntaxTree tree) => tree.FilePath.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
}
