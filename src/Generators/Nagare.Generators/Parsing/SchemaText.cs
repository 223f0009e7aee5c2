using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Nagare.Generators;

/// <summary>A shape as text for readers without the type: a member a line, then the types inside it, each under its name.</summary>
internal static class SchemaText
{
    private static readonly ConditionalWeakTable<ShapeModel, string> Known = new();

    public static string Of(ShapeModel shape, IReadOnlyList<ShapeModel> reachable)
    {
        var lines = Members(shape).ToList();
        foreach (var inner in reachable)
        {
            lines.Add(Known.GetValue(inner, Inner));
        }

        return string.Join("\n", lines);
    }

    private static string Inner(ShapeModel shape) => string.Join("\n", new[] { "", shape.Type.Name.TrimStart('@') + (shape.IsEnum ? " is one of" : " has") }
        .Concat(shape.IsEnum ? shape.EnumMembers.Select(member => member.WireName) : Members(shape)));

    private static IEnumerable<string> Members(ShapeModel shape) =>
        shape.Members.Select(member => $"{member.WireName} {TypeName(member.Value)}{(member.IsOptional ? " optional" : "")}");

    private static string TypeName(ValueModel value)
    {
        var name = value.Kind switch
        {
            ValueKind.Array or ValueKind.List or ValueKind.ReadOnlyList or ValueKind.ImmutableArray or ValueKind.ImmutableList => $"list of {TypeName(value.Element!)}",
            ValueKind.Dictionary or ValueKind.ReadOnlyDictionary or ValueKind.SortedDictionary or ValueKind.ImmutableDictionary or ValueKind.ImmutableSortedDictionary => $"map of {TypeName(value.Element!)}",
            ValueKind.Bytes or ValueKind.Memory => "base64",
            ValueKind.Enum or ValueKind.Object or ValueKind.Foreign => value.Type.Substring(value.Type.LastIndexOf('.') + 1).TrimStart('@'),
            _ => EventNames.KebabCase(value.Kind.ToString()).Replace("-", ""),
        };
        return value.IsNullable ? name + "?" : name;
    }
}
