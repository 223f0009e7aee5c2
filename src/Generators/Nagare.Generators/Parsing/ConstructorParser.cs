using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>Which constructor makes an object from what was read.</summary>
internal static class ConstructorParser
{
    /// <summary>
    /// As System.Text.Json chooses, and a record's primary constructor where that finds several: the one marked <c>[JsonConstructor]</c>,
    /// else the public one without parameters, else the only public one, else the primary one, else the only one that generated code may call.
    /// </summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type)
    {
        var candidates = type.InstanceConstructors.Where(constructor => !IsCopy(type, constructor)).ToList();
        var marked = candidates.FirstOrDefault(constructor => constructor.FindAttribute(KnownNames.JsonConstructorAttribute) is not null);
        if (marked is not null)
        {
            return marked;
        }

        // A struct always has a constructor without parameters; one that the user wrote says more.
        var open = candidates.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public && !(type.IsValueType && constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty)).ToList();
        return open.FirstOrDefault(constructor => constructor.Parameters.IsEmpty)
            ?? Only(open)
            ?? open.FirstOrDefault(IsPrimary)
            ?? (open.Count == 0 ? Only(candidates.Where(constructor => constructor.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal).ToList()) : null)
            ?? (type.IsValueType ? candidates.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) : null);
    }

    /// <summary>C# for a parameter's default value.</summary>
    public static string Default(IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue ? Literal(parameter.ExplicitDefaultValue, parameter.Type) : "default";

    private static string Literal(object? value, ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return value switch
        {
            null => "default",
            _ when type.TypeKind == TypeKind.Enum => $"({type.ToDisplayString(TypeParser.FullName)})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})",
            double number when double.IsNaN(number) || double.IsInfinity(number) => double.IsNaN(number) ? "double.NaN" : number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
            float number when float.IsNaN(number) || float.IsInfinity(number) => float.IsNaN(number) ? "float.NaN" : number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "D",
            float number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "F",
            decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "M",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) ?? "default",
        };
    }

    private static IMethodSymbol? Only(System.Collections.Generic.List<IMethodSymbol> constructors) => constructors.Count == 1 ? constructors[0] : null;

    private static bool IsCopy(INamedTypeSymbol type, IMethodSymbol constructor) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);
}
