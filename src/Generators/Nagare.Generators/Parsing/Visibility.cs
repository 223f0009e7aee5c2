using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Who may name a type.</summary>
internal static class Visibility
{
    /// <summary>Whether all code of the assembly may name the type.</summary>
    public static bool Includes(INamedTypeSymbol type, IAssemblySymbol assembly)
    {
        var isFriend = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly) || type.ContainingAssembly.GivesAccessTo(assembly);
        for (var current = type; current is not null; current = current.ContainingType)
        {
            var isVisible = current.DeclaredAccessibility == Accessibility.Public
                || (isFriend && current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal);
            if (!isVisible || current.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }
}
