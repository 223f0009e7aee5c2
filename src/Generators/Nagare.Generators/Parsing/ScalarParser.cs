using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>The members of an event that fit into a sentence: texts, numbers, times, names.</summary>
internal static class ScalarParser
{
    private static readonly string[] ScalarTypes =
        ["System.Guid", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Int128", "System.UInt128"];

    public static IEnumerable<ScalarModel> Parse(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>();
        return
            from declaring in new[] { type }.Concat(type.BaseTypes()).Reverse()
            from property in MemberParser.DeclaredProperties(declaring)
            where IsScalar(property.Type) && property.FindAttribute(KnownNames.JsonIgnoreAttribute) is null && seen.Add(property.Name)
            select new ScalarModel(TypeParser.Escape(property.Name), MemberParser.WireName(property), Naming.Words(property.Name));
    }

    private static bool IsScalar(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type.TypeKind == TypeKind.Enum
            || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime
            || (type is INamedTypeSymbol named && ScalarTypes.Any(named.HasMetadataName));
    }
}
