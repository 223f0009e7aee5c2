using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>An enum → <see cref="ShapeModel"/>.</summary>
internal static class EnumParser
{
    // One enum is met in many events. A symbol never changes, and the table keeps none alive.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ShapeModel> Known = new();

    public static ShapeModel Parse(INamedTypeSymbol type) => Known.GetValue(type, Read);

    private static ShapeModel Read(INamedTypeSymbol type)
    {
        var members = new List<EnumMemberModel>();
        var numbers = new HashSet<object?>();
        foreach (var field in Fields(type))
        {
            members.Add(new EnumMemberModel(TypeParser.Escape(field.Name), WireName(field), !numbers.Add(field.ConstantValue)) { FormerNames = FormerNames.Of(field).ToEquatableArray() });
        }

        return new ShapeModel(TypeParser.Parse(type), true, default, default, members.ToEquatableArray(), null)
        {
            Flags = IsFlags(type) ? InTakingOrder(members.Zip(Numbers(type), static (member, number) => (member, number))) : default,
        };
    }

    /// <summary>What a field of an enum is stored as.</summary>
    public static string WireName(IFieldSymbol field) =>
        field.FindAttribute(KnownNames.JsonStringEnumMemberNameAttribute) is { ConstructorArguments: [{ Value: string given }] } ? given : field.Name;

    /// <summary>Whether an enum that no generated codec stores is stored by number: its converter says so, or no converter and no option of the context asks for names.</summary>
    public static bool IsNumbered(INamedTypeSymbol type, INamedTypeSymbol? context)
    {
        var converter = type.FindAttribute(KnownNames.JsonConverterAttribute);
        return converter is not null
            ? converter.ConstructorArguments is [{ Value: INamedTypeSymbol { Name: "JsonNumberEnumConverter" } }]
            : context?.FindAttribute(KnownNames.JsonSourceGenerationOptionsAttribute)?.NamedArgument("UseStringEnumConverter", false) != true;
    }

    /// <summary>Whether the enum's names can be told apart where several stand in one text: a comma, or a blank at an end, hides where one ends.</summary>
    public static bool CanBeCombined(INamedTypeSymbol type) =>
        !IsFlags(type) || Parse(type).EnumMembers.SelectMany(static member => member.FormerNames.Prepend(member.WireName)).All(static name => name.IndexOf(',') < 0 && name == name.Trim());

    // As System.Text.Json has it: the name with the most bits first, so that a name for a combination goes before its parts; then the smallest number.
    private static EquatableArray<EnumMemberModel> InTakingOrder(IEnumerable<(EnumMemberModel Member, ulong Number)> members) => members
        .Where(static entry => entry.Number != 0 && !entry.Member.IsAlias)
        .OrderByDescending(static entry => BitCount(entry.Number))
        .ThenBy(static entry => entry.Number)
        .Select(static entry => entry.Member)
        .ToEquatableArray();

    private static bool IsFlags(INamedTypeSymbol type) => type.FindAttribute("System.FlagsAttribute") is not null;

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue);

    private static IEnumerable<ulong> Numbers(INamedTypeSymbol type) => Fields(type).Select(static field => field.ConstantValue switch
    {
        ulong number => number,
        var number => unchecked((ulong)System.Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)),
    });

    private static int BitCount(ulong number)
    {
        var count = 0;
        for (; number != 0; number &= number - 1)
        {
            count++;
        }

        return count;
    }
}
