using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What was made of types, for whoever asks again. A symbol never changes, and the table keeps none alive.</summary>
/// <remarks>
/// One weak entry an assembly, not one a type: the garbage collector visits each, and a thousand events would make thousands. A constructed type belongs to the
/// assembly of its definition and would keep its arguments alive there, so it has an entry of its own.
/// </remarks>
internal sealed class SymbolTable<TValue>(Func<INamedTypeSymbol, TValue> make)
    where TValue : class
{
    private readonly ConditionalWeakTable<IAssemblySymbol, ConcurrentDictionary<INamedTypeSymbol, TValue>> _byAssembly = new();
    private readonly ConditionalWeakTable<INamedTypeSymbol, TValue> _constructed = new();
    private readonly ConditionalWeakTable<INamedTypeSymbol, TValue>.CreateValueCallback _make = new(make);

    public TValue Of(INamedTypeSymbol type) =>
        type.ContainingAssembly is { } assembly && SymbolEqualityComparer.Default.Equals(type, type.OriginalDefinition)
            ? _byAssembly.GetValue(assembly, static _ => new ConcurrentDictionary<INamedTypeSymbol, TValue>(SymbolEqualityComparer.Default)).GetOrAdd(type, make)
            : _constructed.GetValue(type, _make);
}
