using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Questions that every parser asks of symbols.</summary>
internal static class Symbols
{
    /// <summary>The attribute of this metadata name, or null.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.HasMetadataName(metadataName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether the type, or what it was constructed from, has this metadata name.</summary>
    /// <remarks>Compared from the end and without making a text: this is asked dozens of times for each event and key.</remarks>
    public static bool HasMetadataName(this INamedTypeSymbol type, string metadataName)
    {
        var definition = type.OriginalDefinition;
        var end = metadataName.Length;
        if (!TakeLast(metadataName, definition.MetadataName, ref end))
        {
            return false;
        }

        for (var around = definition.ContainingSymbol; around is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; around = around.ContainingSymbol)
        {
            if (end == 0 || metadataName[--end] != '.' || !TakeLast(metadataName, around.Name, ref end))
            {
                return false;
            }
        }

        return end == 0;
    }

    /// <summary>The type as it is declared, whatever the nullable mark where it is used: one object, by which tables find it.</summary>
    public static INamedTypeSymbol Unmarked(this INamedTypeSymbol type) =>
        // What Roslyn says of a struct that nobody marked; with another annotation it would make a new object each time.
        (INamedTypeSymbol)type.WithNullableAnnotation(type.IsValueType ? NullableAnnotation.NotAnnotated : NullableAnnotation.None);

    private static bool TakeLast(string text, string part, ref int end)
    {
        var start = end - part.Length;
        if (start < 0 || string.CompareOrdinal(text, start, part, 0, part.Length) != 0)
        {
            return false;
        }

        end = start;
        return true;
    }

    /// <summary>Whether the type has this metadata name.</summary>
    public static bool Is(this ITypeSymbol type, string metadataName) => type is INamedTypeSymbol named && named.HasMetadataName(metadataName);

    /// <summary>A named argument's value, or the given one.</summary>
    public static T NamedArgument<T>(this AttributeData attribute, string name, T otherwise)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return otherwise;
    }

    /// <summary>The type's base types, nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseTypes(this ITypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The interface of this metadata name that the type implements, or null.</summary>
    public static INamedTypeSymbol? FindInterface(this ITypeSymbol type, string metadataName) =>
        type.AllInterfaces.FirstOrDefault(candidate => candidate.HasMetadataName(metadataName));
}
