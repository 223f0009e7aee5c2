using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What was made of a type inside events, for the next event that holds it.</summary>
/// <remarks>Only of types of the assembly at hand: one of a reference outlives the compilation, and would keep the context's alive.</remarks>
internal sealed class InnerShape
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, InnerShape> Known = new();

    private readonly INamedTypeSymbol? _context;

    private InnerShape(INamedTypeSymbol? context, ShapeModel shape, IReadOnlyList<INamedTypeSymbol> inner)
    {
        _context = context;
        Shape = shape;
        Inner = inner;
    }

    /// <summary>Its model.</summary>
    public ShapeModel Shape { get; }

    /// <summary>The named types that its members are made of, which are to be parsed too.</summary>
    public IReadOnlyList<INamedTypeSymbol> Inner { get; }

    /// <summary>What was made of the type for families of this context, or null.</summary>
    public static InnerShape? Find(INamedTypeSymbol type, INamedTypeSymbol? context) =>
        Known.TryGetValue(type, out var known) && SymbolEqualityComparer.Default.Equals(known._context, context) ? known : null;

    /// <summary>Keeps it, in place of what was made for families of another context.</summary>
    public static void Keep(INamedTypeSymbol type, INamedTypeSymbol? context, ShapeModel shape, IReadOnlyList<INamedTypeSymbol> inner)
    {
        Known.Remove(type);
        Known.GetValue(type, _ => new InnerShape(context, shape, inner));
    }
}
