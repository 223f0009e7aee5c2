using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Which scalar or collection of the grammar a type is.</summary>
internal static class ValueParser
{
    private static readonly Dictionary<string, ValueKind> Scalars = new()
    {
        ["System.Int128"] = ValueKind.Int128,
        ["System.UInt128"] = ValueKind.UInt128,
        ["System.Guid"] = ValueKind.Guid,
        ["System.DateTimeOffset"] = ValueKind.DateTimeOffset,
        ["System.DateOnly"] = ValueKind.DateOnly,
        ["System.TimeOnly"] = ValueKind.TimeOnly,
        ["System.TimeSpan"] = ValueKind.TimeSpan,
        ["System.Text.Json.JsonElement"] = ValueKind.Json,
    };

    private static readonly Dictionary<string, ValueKind> Lists = new()
    {
        ["System.Collections.Generic.List`1"] = ValueKind.List,
        ["System.Collections.Generic.IReadOnlyList`1"] = ValueKind.ReadOnlyList,
        ["System.Collections.Immutable.ImmutableArray`1"] = ValueKind.ImmutableArray,
        ["System.Collections.Immutable.ImmutableList`1"] = ValueKind.ImmutableList,
    };

    private static readonly Dictionary<string, ValueKind> Dictionaries = new()
    {
        ["System.Collections.Generic.Dictionary`2"] = ValueKind.Dictionary,
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = ValueKind.ReadOnlyDictionary,
        ["System.Collections.Generic.SortedDictionary`2"] = ValueKind.SortedDictionary,
        ["System.Collections.Immutable.ImmutableDictionary`2"] = ValueKind.ImmutableDictionary,
        ["System.Collections.Immutable.ImmutableSortedDictionary`2"] = ValueKind.ImmutableSortedDictionary,
    };

    private static readonly HashSet<string> Names = [.. Scalars.Keys.Concat(Lists.Keys).Concat(Dictionaries.Keys).Select(static name => name.Substring(name.LastIndexOf('.') + 1))];

    /// <summary>The scalar that the type is, or null.</summary>
    public static ValueKind? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ValueKind.Boolean,
        SpecialType.System_Byte => ValueKind.Byte,
        SpecialType.System_SByte => ValueKind.SByte,
        SpecialType.System_Int16 => ValueKind.Int16,
        SpecialType.System_UInt16 => ValueKind.UInt16,
        SpecialType.System_Int32 => ValueKind.Int32,
        SpecialType.System_UInt32 => ValueKind.UInt32,
        SpecialType.System_Int64 => ValueKind.Int64,
        SpecialType.System_UInt64 => ValueKind.UInt64,
        SpecialType.System_Single => ValueKind.Single,
        SpecialType.System_Double => ValueKind.Double,
        SpecialType.System_Decimal => ValueKind.Decimal,
        SpecialType.System_String => ValueKind.String,
        SpecialType.System_Char => ValueKind.Char,
        SpecialType.System_DateTime => ValueKind.DateTime,
        _ => type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => ValueKind.Bytes,
            INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } memory when memory.HasMetadataName("System.ReadOnlyMemory`1") => ValueKind.Memory,
            INamedTypeSymbol named => Find(Scalars, named),
            _ => null,
        },
    };

    /// <summary>The list or string-keyed dictionary that the type is, with the type of its items, or null.</summary>
    public static (ValueKind Kind, ITypeSymbol Element)? Collection(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (ValueKind.Array, array.ElementType),
        INamedTypeSymbol { TypeArguments: [var element] } named when Find(Lists, named) is { } kind => (kind, element),
        INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] } named when Find(Dictionaries, named) is { } kind => (kind, value),
        _ => null,
    };

    private static ValueKind? Find(Dictionary<string, ValueKind> kinds, INamedTypeSymbol type)
    {
        // Nested types first: a user's Outer.List`1 in a namespace of the same spelling is none of ours. And no text is made of a type that has another name.
        if (type.ContainingType is not null || !Names.Contains(type.MetadataName) || type.ContainingNamespace is not { IsGlobalNamespace: false })
        {
            return null;
        }

        foreach (var kind in kinds)
        {
            if (type.HasMetadataName(kind.Key))
            {
                return kind.Value;
            }
        }

        return null;
    }
}
