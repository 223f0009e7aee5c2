using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
            ? Code(value, property.Type)
            : Text(null, property.Type);
    }

    private static string? Code(ExpressionSyntax value, ITypeSymbol type) => value switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } => Text(null, type),
        LiteralExpressionSyntax { Token.Value: var constant } literal => constant is null ? null : Constant(constant) ?? literal.ToString(),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: { } constant } } => "-" + Constant(constant),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand } => Code(operand, type),
        _ when IsEmpty(value, type) => ValueParser.Collection(type) is null ? "" : "[]",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } when EnumName(type, name) is { } stored => stored,
        _ => string.Join(" ", value.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
    };

    // The many ways to write nothing, of which people and editors prefer now one and then another.
    private static bool IsEmpty(ExpressionSyntax value, ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        ? value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" } }
        : ValueParser.Collection(type) is not null && value switch
        {
            CollectionExpressionSyntax list => list.Elements.Count == 0,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "Empty",
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" }, ArgumentList.Arguments.Count: 0 } => true,
            BaseObjectCreationExpressionSyntax made => made.ArgumentList is not { Arguments.Count: > 0 } && made.Initializer is not { Expressions.Count: > 0 },
            ArrayCreationExpressionSyntax { Initializer: { } given } => given.Expressions.Count == 0,
            ArrayCreationExpressionSyntax { Type.RankSpecifiers: [{ Sizes: [LiteralExpressionSyntax { Token.ValueText: "0" }] }] } => true,
            _ => false,
        };

    private static string? EnumName(ITypeSymbol type, string name) =>
        (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type) is INamedTypeSymbol { TypeKind: TypeKind.Enum } names
        && names.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault(static field => field.HasConstantValue) is { } found ? EnumParser.WireName(found) : null;

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
