using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Finds in C# what a path of the schema names.</summary>
internal static class SchemaMembers
{
    /// <summary>The property at a path such as <c>lines[].sku</c>, the type that would hold it where it is gone, or the event itself.</summary>
    public static ISymbol At(INamedTypeSymbol e, string path)
    {
        ISymbol found = e;
        var type = e;
        foreach (var step in path.Split('.').Where(static step => step.Length > 0))
        {
            var name = step.Replace("[]", "").Replace("{}", "");
            if (type is null || MemberParser.Properties(type).FirstOrDefault(property => MemberParser.WireName(property) == name) is not { } property)
            {
                return found;
            }

            found = IsHere(property, e) ? property : found;
            type = Inside(property.Type);
            found = type is { TypeKind: not TypeKind.Enum } && IsHere(type, e) && step != path.Split('.').Last() ? type : found;
        }

        return found;
    }

    /// <summary>The type whose values a type holds: the items of its lists and maps, what may be null.</summary>
    public static INamedTypeSymbol? Inside(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? Inside(nullable.TypeArguments[0])
        : ValueParser.Collection(type) is var (_, element) ? Inside(element)
        : type as INamedTypeSymbol;

    private static bool IsHere(ISymbol symbol, INamedTypeSymbol e) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, e.ContainingAssembly) && symbol.Locations.Any(static location => location.IsInSource);
}
