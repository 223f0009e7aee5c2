using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Nagare.Analyzers;

/// <summary>The platform's collections that change in place.</summary>
internal static class Collections
{
    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddOrUpdate", "Clear", "Dequeue", "Enqueue", "ExceptWith", "GetOrAdd", "Insert", "InsertRange", "IntersectWith", "Pop", "Push",
        "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast", "RemoveRange", "RemoveWhere", "Reverse", "Sort", "SymmetricExceptWith", "TryAdd", "TryDequeue", "TryPop", "TryRemove", "TryTake", "TryUpdate", "UnionWith",
    };

    /// <summary>Whether calling the method changes the collection it is called on.</summary>
    public static bool IsChange(IMethodSymbol method) =>
        !method.IsStatic && Changes.Contains(method.Name) && method.ContainingType?.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Collections.ObjectModel" or "System.Collections";
}
