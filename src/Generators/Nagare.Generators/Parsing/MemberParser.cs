using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>A property → <see cref="MemberModel"/>.</summary>
internal static class MemberParser
{
    private const int NeverIgnore = 0;
    private const int AlwaysIgnore = 1;
    private const int IgnoreDefault = 2;
    private const int IgnoreNull = 3;

    // What generated methods call their own parameters and variables.
    private static readonly HashSet<string> TakenLocals = ["reader", "writer", "value", "members", "result", "options", "typeToConvert"];

    // A type hands out a new, sorted list of all its members each time, and several parsers ask, of each event and again of its family.
    private static readonly SymbolTable<IPropertySymbol[]> Declared = new(static type =>
    [
        .. type.GetMembers().OfType<IPropertySymbol>().Where(static property =>
            property is { IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, DeclaredAccessibility: Accessibility.Public }),
    ]);

    /// <summary>The public readable properties that the type itself declares, in the order of their declaration.</summary>
    public static IReadOnlyList<IPropertySymbol> DeclaredProperties(INamedTypeSymbol type) => Declared.Of(type);

    /// <summary>The public readable properties, the type's own first and then its bases', each name once.</summary>
    public static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var property in DeclaredProperties(declaring))
            {
                if (names.Add(property.Name) && IgnoreCondition(property) != AlwaysIgnore)
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>The constructor's parameter of the same name, whatever its case, and type, or null.</summary>
    public static IParameterSymbol? ParameterOf(IPropertySymbol property, IMethodSymbol constructor) =>
        constructor.Parameters.FirstOrDefault(parameter =>
            string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type));

    /// <summary>Whether the property can be set again when its object is read; what cannot is computed, and not stored.</summary>
    public static bool IsStored(IPropertySymbol property, IParameterSymbol? parameter) =>
        parameter is not null || property.SetMethod is { DeclaredAccessibility: Accessibility.Public };

    /// <summary>Whether a constructor's parameter belongs to a property that is never stored.</summary>
    public static bool IsIgnored(INamedTypeSymbol type, IParameterSymbol parameter) =>
        type.GetMembers().OfType<IPropertySymbol>().Any(property =>
            string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && IgnoreCondition(property) == AlwaysIgnore);

    /// <summary>Whether a property or type is marked with a converter, whose format is not ours to guess. One that writes an enum's names does what we do.</summary>
    public static bool HasOwnConverter(ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { } marker
        && (marker.HasMetadataName(KnownNames.JsonConverterAttribute) || marker.BaseTypes().Any(static type => type.HasMetadataName(KnownNames.JsonConverterAttribute)))
        && attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Type, Value: INamedTypeSymbol { Name: "JsonStringEnumConverter" } }]);

    public static MemberModel Parse(IPropertySymbol property, IParameterSymbol? parameter, ValueModel value, IReadOnlyList<MemberModel> before)
    {
        var assignment = parameter is not null ? MemberAssignment.Constructor
            : property.IsRequired ? MemberAssignment.Initializer
            : property.SetMethod!.IsInitOnly ? MemberAssignment.InitAccessor
            : MemberAssignment.Setter;
        var isDemanded = property.IsRequired || property.FindAttribute("System.Text.Json.Serialization.JsonRequiredAttribute") is not null;
        var isOptional = !isDemanded && (parameter is null || value.IsNullable || parameter.HasExplicitDefaultValue);
        return new MemberModel(
            TypeParser.Escape(property.Name),
            Local(property.Name, before),
            WireName(property),
            value,
            isOptional,
            parameter is null ? "default" : ConstructorParser.Default(parameter),
            assignment,
            Naming.FullName(property.ContainingType),
            assignment == MemberAssignment.InitAccessor && property.ContainingType.IsGenericType ? GenericSetter(property) : null,
            Omission(property))
        {
            DefaultText = isOptional ? DefaultText.Of(property, parameter) : null,
            FormerNames = FormerNames.Of(property, parameter).ToEquatableArray(),
        };
    }

    /// <summary>What a field of a state holds, as the member that a person sees: the property around it, or the field itself. It is always written.</summary>
    public static MemberModel OfState(INamedTypeSymbol type, IFieldSymbol field, IParameterSymbol? parameter, ValueModel value, IReadOnlyList<MemberModel> before)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(field.ContainingType, type);
        if (field.AssociatedSymbol is IPropertySymbol property && (parameter is not null || property.IsRequired || (property.SetMethod is { } setter && (isOwn || setter.DeclaredAccessibility == Accessibility.Public))))
        {
            return Parse(property, parameter, value, before) with { Omission = MemberOmission.Never };
        }

        var name = (field.AssociatedSymbol ?? field).Name;
        return new MemberModel(
            TypeParser.Escape(name),
            Local(name, before),
            field.AssociatedSymbol is IPropertySymbol named ? WireName(named) : name,
            value,
            true,
            "default",
            field.AssociatedSymbol is null && !field.IsReadOnly ? MemberAssignment.Setter : MemberAssignment.Field,
            Naming.FullName(field.ContainingType),
            null,
            MemberOmission.Never)
        {
            Field = field.Name,
        };
    }

    /// <summary>The member's variable as an argument: what is required is known not to be null by then.</summary>
    public static string Argument(MemberModel member) =>
        member.Value is { IsNullable: false, IsValueType: false } ? member.Local + "!" : member.Local;

    /// <summary>The property's name in JSON.</summary>
    public static string WireName(IPropertySymbol property) =>
        property.FindAttribute(KnownNames.JsonPropertyNameAttribute) is { ConstructorArguments: [{ Value: string given }] } ? given : WireNames.CamelCase(property.Name);

    private static GenericSetterModel GenericSetter(IPropertySymbol property)
    {
        var type = property.ContainingType;
        var definition = type.OriginalDefinition;
        var target = definition.ToDisplayString(TypeParser.FullName);
        return new GenericSetterModel(
            $"<{string.Join(", ", definition.TypeParameters.Select(parameter => TypeParser.Escape(parameter.Name)))}>",
            definition.ToDisplayString(TypeParser.FullNameWithConstraints).Substring(target.Length),
            $"<{string.Join(", ", type.TypeArguments.Select(argument => argument.ToDisplayString(TypeParser.FullName)))}>",
            target,
            property.OriginalDefinition.Type.ToDisplayString(TypeParser.FullName));
    }

    private static string Local(string name, IReadOnlyList<MemberModel> before)
    {
        var local = WireNames.CamelCase(name);
        var escaped = TypeParser.Escape(local);
        while (TakenLocals.Contains(local) || IsTaken(escaped, before))
        {
            local += "Member";
            escaped = TypeParser.Escape(local);
        }

        return escaped;
    }

    private static bool IsTaken(string local, IReadOnlyList<MemberModel> before)
    {
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].Local == local)
            {
                return true;
            }
        }

        return false;
    }

    private static MemberOmission Omission(IPropertySymbol property) => IgnoreCondition(property) switch
    {
        IgnoreDefault => MemberOmission.WhenDefault,
        IgnoreNull => MemberOmission.WhenNull,
        _ => MemberOmission.Never,
    };

    private static int IgnoreCondition(IPropertySymbol property) =>
        property.FindAttribute(KnownNames.JsonIgnoreAttribute) is not { } attribute ? NeverIgnore
        : attribute.NamedArgument("Condition", AlwaysIgnore);
}
