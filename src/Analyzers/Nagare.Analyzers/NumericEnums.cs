using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Finds enums that a member would store as numbers, because a converter says so.</summary>
internal static class NumericEnums
{
    private const string NumberConverter = "JsonNumberEnumConverter";

    /// <summary>The enum that the member stores by number, itself or inside what it holds, and what carries the converter; null where there is none.</summary>
    public static (INamedTypeSymbol Enum, ISymbol Mark)? In(IPropertySymbol property) =>
        ValueParser.Scalar(property.Type) is null ? In(property, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default)) : null;

    private static (INamedTypeSymbol Enum, ISymbol Mark)? In(IPropertySymbol property, HashSet<ITypeSymbol> seen)
    {
        var type = Innermost(property.Type);
        if (type is not INamedTypeSymbol named || !seen.Add(named))
        {
            return null;
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            return WritesNumbers(property) ? (named, property) : WritesNumbers(named) ? (named, named) : null;
        }

        return ShapeParser.IsObject(named) && named.DeclaringSyntaxReferences.Length > 0
            ? MemberParser.Properties(named).Select(inner => In(inner, seen)).FirstOrDefault(static found => found is not null)
            : null;
    }

    private static ITypeSymbol Innermost(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Innermost(nullable.TypeArguments[0]),
        _ when ValueParser.Collection(type) is var (_, element) => Innermost(element),
        _ => type,
    };

    private static bool WritesNumbers(ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.JsonConverterAttribute) is { ConstructorArguments: [{ Kind: TypedConstantKind.Type, Value: INamedTypeSymbol { Name: NumberConverter } }] };
}
