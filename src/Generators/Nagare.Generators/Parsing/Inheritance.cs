using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Questions about base types and interfaces.</summary>
internal static class Inheritance
{
    /// <summary>Whether a value of the type is one of the other type.</summary>
    public static bool IsOrDerivesFrom(INamedTypeSymbol type, INamedTypeSymbol other) =>
        SelfAndBases(type).Any(candidate => SymbolEqualityComparer.Default.Equals(candidate, other))
        || (other.TypeKind == TypeKind.Interface && type.AllInterfaces.Contains(other, SymbolEqualityComparer.Default));

    /// <summary>The type, its base, the base of that, without <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Whether the type or one of its bases holds a member of this name that hides or clashes with a generated one.</summary>
    public static bool HasMemberByHand(INamedTypeSymbol type, string name) =>
        SelfAndBases(type).Any(candidate => candidate.GetMembers(name).Any(member =>
            SymbolEqualityComparer.Default.Equals(candidate, type) ? GeneratedCode.IsByHand(member) : member.DeclaredAccessibility != Accessibility.Private));

    /// <summary>Whether the type, or a type around it, has type parameters.</summary>
    public static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.TypeParameters.Length > 0)
            {
                return true;
            }
        }

        return false;
    }
}
