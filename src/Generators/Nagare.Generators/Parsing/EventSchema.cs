using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>An event's models → its entry in a schema. Made where it is printed or compared, not while parsing: that runs on every key pressed.</summary>
internal static class EventSchema
{
    /// <summary>An event of today.</summary>
    public static SchemaLock Of(ParsedEvent parsed) => Facts(parsed).Normalized();

    /// <summary>A past event that an upcaster takes.</summary>
    public static SchemaLock Of(ParsedPastEvent parsed) => Facts(parsed).Normalized();

    /// <summary>An event of today in the order of its declarations, for who orders it anyway.</summary>
    public static SchemaLock Facts(ParsedEvent parsed)
    {
        var e = parsed.Event;
        var family = new SchemaFamily(e.FamilyName) { ClrName = ClrName(e.Family.FullName), FormerNames = e.FamilyFormerNames };
        return Facts(family, new SchemaEvent(e.FamilyName, e.Name, e.Version) { FormerNames = e.FormerNames }, e.Shape, parsed.Reachable);
    }

    /// <summary>A past event in the order of its declarations.</summary>
    public static SchemaLock Facts(ParsedPastEvent parsed)
    {
        var e = parsed.Event;
        var stored = new SchemaEvent(e.FamilyName, e.Name, e.Version) { FormerNames = e.FormerNames, Reading = SchemaReading.Past };
        return Facts(new SchemaFamily(e.FamilyName), stored, e.Shape, parsed.Reachable);
    }

    /// <summary>A stored shape that an upcaster takes as JSON.</summary>
    public static SchemaLock OfJson(string family, string name, int version) => new()
    {
        Families = new([new SchemaFamily(family)]),
        Events = new([new SchemaEvent(family, name, version) { IsDraft = true, Reading = SchemaReading.PastJson }]),
    };

    private static SchemaLock Facts(SchemaFamily family, SchemaEvent e, ShapeModel shape, IReadOnlyList<ShapeModel> reachable)
    {
        var labels = Labels(reachable);
        return new SchemaLock
        {
            Families = new([family]),
            Events = new([e with { IsDraft = true, Members = Members(shape, labels), ClrName = ClrName(shape.Type.FullName) }]),
            Types = reachable.Select(inner => Type(inner, labels)).Concat(Unions(reachable.Prepend(shape))).ToEquatableArray(),
        };
    }

    /// <summary>A C# name as comments have it.</summary>
    public static string ClrName(string fullName) => fullName.Replace("global::", "");

    private static SchemaType Type(ShapeModel shape, Dictionary<string, string> labels) =>
        new(shape.IsEnum ? SchemaForm.Enum : SchemaForm.Object, labels[shape.Type.FullName])
        {
            IsDraft = true,
            IsFlags = shape.Flags.Count > 0,
            Members = Members(shape, labels),
            Names = shape.EnumMembers.GroupBy(member => member.WireName).Select(same => new SchemaName(same.Key) { FormerNames = same.SelectMany(member => member.FormerNames).Distinct().ToEquatableArray() }).ToEquatableArray(),
            ClrName = ClrName(shape.Type.FullName),
        };

    private static EquatableArray<SchemaMember> Members(ShapeModel shape, Dictionary<string, string> labels) => shape.Members.Select(member =>
        new SchemaMember(member.WireName, Value(member.Value, labels))
        {
            IsOptional = member.IsOptional,
            Default = member.IsOptional ? member.DefaultText : null,
            FormerNames = member.FormerNames,
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
