using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>What an absent member is, as the schema says it: what it would be stored as, C# where that is no constant, null for null.</summary>
internal static class DefaultText
{
    private const string OfItsType = "default";

    public static string? Of(IPropertySymbol property, IParameterSymbol? parameter)
    {
        if (parameter is not null)
        {
            return parameter.HasExplicitDefaultValue ? Text(parameter.ExplicitDefaultValue, parameter.Type) : null;
        }

        return property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: var value }
            ? Code(value)
            : Text(null, property.Type);
    }

    private static string? Code(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { Token.Value: var constant } literal => constant is null ? null : Constant(constant) ?? literal.ToString(),
        PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax { Token.Value: null } } => null,
        _ => string.Join(" ", value.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
    };

    private static string? Text(object? value, ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return value is null ? null : Text(value, nullable.TypeArguments[0]);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } names)
        {
            value ??= 0;
            return names.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Constant(field.ConstantValue!) == Constant(value)) is { } name
                ? EnumParser.WireName(name)
                : Constant(value);
        }

        return value is not null ? Constant(value)
            : !type.IsValueType ? null
            : ValueParser.Scalar(type) switch
            {
                ValueKind.Boolean => "false",
                >= ValueKind.Byte and <= ValueKind.Decimal => "0",
                _ => OfItsType,
            };
    }

    private static string? Constant(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(value is double or float ? "R" : null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
