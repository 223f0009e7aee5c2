using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>An event's models → its entry in a schema. Made where it is printed or compared, not while parsing: that runs on every key pressed.</summary>
internal static class EventSchema
{
    public static SchemaLock Of(ParsedEvent parsed) => Of(parsed.Event, parsed.Reachable);

    public static SchemaLock Of(EventModel e, IReadOnlyList<ShapeModel> reachable)
    {
        var labels = Labels(reachable);
        return new SchemaLock
        {
            Families = new([new SchemaFamily(e.FamilyName) { ClrName = ClrName(e.Family.FullName) }]),
            Events = new([new SchemaEvent(e.FamilyName, e.Name, e.Version) { IsDraft = true, Members = Members(e.Shape, labels), ClrName = ClrName(e.Type.FullName) }]),
            Types = reachable.Select(shape => Type(shape, labels)).Concat(Unions(reachable.Prepend(e.Shape))).ToEquatableArray(),
        }.Normalized();
    }

    /// <summary>A C# name as comments have it.</summary>
    public static string ClrName(string fullName) => fullName.Replace("global::", "");

    private static SchemaType Type(ShapeModel shape, Dictionary<string, string> labels) =>
        new(shape.IsEnum ? SchemaForm.Enum : SchemaForm.Object, labels[shape.Type.FullName])
        {
            IsDraft = true,
            IsFlags = shape.Flags.Count > 0,
            Members = Members(shape, labels),
            Names = shape.EnumMembers.GroupBy(member => member.WireName).Select(same => new SchemaName(same.Key)).ToEquatableArray(),
            ClrName = ClrName(shape.Type.FullName),
        };

    private static EquatableArray<SchemaMember> Members(ShapeModel shape, Dictionary<string, string> labels) => shape.Members.Select(member =>
        new SchemaMember(member.WireName, Value(member.Value, labels))
        {
            IsOptional = member.IsOptional,
            Default = member.IsOptional ? member.DefaultText : null,
            Omission = (SchemaOmission)member.Omission,
            ClrName = member.Name.TrimStart('@'),
        }).ToEquatableArray();

    private static SchemaValue Value(ValueModel value, Dictionary<string, string> labels) => value.Kind switch
    {
        ValueKind.Array or ValueKind.List or ValueKind.ReadOnlyList or ValueKind.ImmutableArray or ValueKind.ImmutableList =>
            new SchemaValue(SchemaForm.List, "", value.IsNullable, Value(value.Element!, labels)),
        ValueKind.Dictionary or ValueKind.ReadOnlyDictionary or ValueKind.SortedDictionary or ValueKind.ImmutableDictionary or ValueKind.ImmutableSortedDictionary =>
            new SchemaValue(SchemaForm.Map, "", value.IsNullable, Value(value.Element!, labels)),
        ValueKind.Enum => new SchemaValue(SchemaForm.Enum, labels[value.Type], value.IsNullable),
        ValueKind.Object => labels.TryGetValue(value.Type, out var label)
            ? new SchemaValue(SchemaForm.Object, label, value.IsNullable)
            : new SchemaValue(SchemaForm.Record, Label(value.Type), value.IsNullable),
        ValueKind.Foreign when value.IsNumberedEnum => new SchemaValue(SchemaForm.NumberedEnum, Label(value.Type), value.IsNullable),
        ValueKind.Foreign when value.Cases.Count > 0 => new SchemaValue(SchemaForm.Union, Label(value.Type), value.IsNullable),
        ValueKind.Foreign => new SchemaValue(SchemaForm.Opaque, Label(value.Type), value.IsNullable),
        ValueKind.Bytes or ValueKind.Memory => new SchemaValue(SchemaForm.Scalar, "base64", value.IsNullable),
        var scalar => new SchemaValue(SchemaForm.Scalar, scalar.ToString().ToLowerInvariant(), value.IsNullable),
    };

    private static IEnumerable<SchemaType> Unions(IEnumerable<ShapeModel> shapes) => shapes
        .SelectMany(shape => shape.Members)
        .Select(member => Innermost(member.Value))
        .Where(value => value.Cases.Count > 0)
        .GroupBy(value => Label(value.Type))
        .Select(same => new SchemaType(SchemaForm.Union, same.Key)
        {
            IsDraft = true,
            Names = same.First().Cases.Select(name => new SchemaName(name)).ToEquatableArray(),
            ClrName = ClrName(same.First().Type),
        });

    private static ValueModel Innermost(ValueModel value) => value.Element is { } element ? Innermost(element) : value;

    // Simple names where they are apart, otherwise with their namespaces.
    private static Dictionary<string, string> Labels(IReadOnlyList<ShapeModel> shapes)
    {
        var simple = shapes.ToLookup(shape => Label(shape.Type.FullName), StringComparer.Ordinal);
        return shapes.ToDictionary(
            shape => shape.Type.FullName,
            shape => simple[Label(shape.Type.FullName)].Count() == 1 ? Label(shape.Type.FullName) : Kebab(ClrName(shape.Type.FullName)),
            StringComparer.Ordinal);
    }

    // Without the namespace, with what it is made of: Pair<Shop.Money> → pair-shop-money.
    private static string Label(string fullName)
    {
        var arguments = fullName.IndexOf('<');
        var start = fullName.LastIndexOf('.', arguments < 0 ? fullName.Length - 1 : arguments) + 1;
        return Kebab(ClrName(fullName.Substring(start)));
    }

    private static string Kebab(string name)
    {
        var words = new string(name.Select(character => char.IsLetterOrDigit(character) ? character : '_').ToArray());
        return EventNames.KebabCase(words.Trim('_'));
    }
}
