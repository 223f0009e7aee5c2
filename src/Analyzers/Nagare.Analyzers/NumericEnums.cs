using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Finds enums that a member would store as numbers, because a converter or the family's context says so.</summary>
internal static class NumericEnums
{
    private const string NumberConverter = "JsonNumberEnumConverter";

    /// <summary>The enum that the member stores by number, itself or inside what it holds, and what to do about it; null where there is none.</summary>
    public static (INamedTypeSymbol Enum, string WayOut)? In(IPropertySymbol property, INamedTypeSymbol? context) =>
        ValueParser.Scalar(property.Type) is null ? In(property, context, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default)) : null;

    private static (INamedTypeSymbol Enum, string WayOut)? In(IPropertySymbol property, INamedTypeSymbol? context, HashSet<ITypeSymbol> seen)
    {
        var type = Innermost(property.Type);
        if (type is not INamedTypeSymbol named || !seen.Add(named))
        {
            return null;
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            return WritesNumbers(property) ? (named, Unmark(property))
                : WritesNumbers(named) ? (named, Unmark(named))
                : LeavesNumbers(named, context) ? (named, $"set UseStringEnumConverter on '{context!.Name}'")
                : null;
        }

        return ShapeParser.IsObject(named) && named.DeclaringSyntaxReferences.Length > 0
            ? MemberParser.Properties(named).Select(inner => In(inner, context, seen)).FirstOrDefault(static found => found is not null)
            : null;
    }

    private static ITypeSymbol Innermost(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Innermost(nullable.TypeArguments[0]),
        _ when ValueParser.Collection(type) is var (_, element) => Innermost(element),
        _ => type,
    };

    private static string Unmark(ISymbol symbol) => $"remove [JsonConverter] from '{symbol.Name}'";

    // Combined names that could not be told apart are left to the family's context, which writes numbers unless it is asked for names.
    private static bool LeavesNumbers(INamedTypeSymbol type, INamedTypeSymbol? context) =>
        context is not null && !MemberParser.HasOwnConverter(type) && !EnumParser.CanBeCombined(type) && EnumParser.IsNumbered(type, context);

    private static bool WritesNumbers(ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.JsonConverterAttribute) is { ConstructorArguments: [{ Kind: TypedConstantKind.Type, Value: INamedTypeSymbol { Name: NumberConverter } }] };
}
