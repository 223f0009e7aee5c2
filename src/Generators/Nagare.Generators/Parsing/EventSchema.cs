using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>An event's models → its entry in a schema. Made where it is printed or compared, not while parsing: that runs on every key pressed.</summary>
internal static class EventSchema
{
    private static readonly ConditionalWeakTable<ShapeModel, SchemaType> Simple = new();

    private static readonly Dictionary<ValueKind, string> ScalarNames = Enum.GetValues(typeof(ValueKind)).Cast<ValueKind>().ToDictionary(static kind => kind, static kind => kind.ToString().ToLowerInvariant());

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
        var labels = new SchemaLabels(reachable);
        return new SchemaLock
        {
            Families = new([family]),
            Events = new([e with { IsDraft = true, Members = Members(shape, labels), ClrName = ClrName(shape.Type.FullName) }]),
            Types = reachable.Select(inner => Type(inner, labels)).Concat(Unions(reachable.Prepend(shape))).ToEquatableArray(),
        };
    }

    /// <summary>A C# name as comments have it.</summary>
    public static string ClrName(string fullName) => fullName.Replace("global::", "");

    // Where simple labels do, a type is the same from every event that holds it.
    private static SchemaType Type(ShapeModel shape, SchemaLabels labels) =>
        labels.AreSimple ? Simple.GetValue(shape, _ => NewType(shape, labels)) : NewType(shape, labels);

    private static SchemaType NewType(ShapeModel shape, SchemaLabels labels) =>
        new(shape.IsEnum ? SchemaForm.Enum : SchemaForm.Object, labels.Of(shape))
        {
            IsDraft = true,
            IsFlags = shape.Flags.Count > 0,
            Members = Members(shape, labels),
            Names = SchemaName.InOrder(shape.EnumMembers.GroupBy(member => member.WireName).Select(same => new SchemaName(same.Key) { FormerNames = same.SelectMany(member => member.FormerNames).Distinct().ToEquatableArray() }).ToEquatableArray()),
            ClrName = ClrName(shape.Type.FullName),
        };

    private static EquatableArray<SchemaMember> Members(ShapeModel shape, SchemaLabels labels)
    {
        var members = new SchemaMember[shape.Members.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var member = shape.Members[i];
            members[i] = new SchemaMember(member.WireName, Value(member.Value, labels))
            {
                IsOptional = member.IsOptional,
                Default = member.IsOptional ? member.DefaultText : null,
                FormerNames = member.FormerNames,
                Omission = (SchemaOmission)member.Omission,
                ClrName = member.Name.TrimStart('@'),
            };
        }

        return SchemaMember.InOrder(members.ToEquatableArray());
    }

    private static SchemaValue Value(ValueModel value, SchemaLabels labels) => value.Kind switch
    {
        ValueKind.Array or ValueKind.List or ValueKind.ReadOnlyList or ValueKind.ImmutableArray or ValueKind.ImmutableList =>
            new SchemaValue(SchemaForm.List, "", value.IsNullable, Value(value.Element!, labels)),
        ValueKind.Dictionary or ValueKind.ReadOnlyDictionary or ValueKind.SortedDictionary or ValueKind.ImmutableDictionary or ValueKind.ImmutableSortedDictionary =>
            new SchemaValue(SchemaForm.Map, "", value.IsNullable, Value(value.Element!, labels)),
        ValueKind.Enum => new SchemaValue(SchemaForm.Enum, labels.Of(value.Type)!, value.IsNullable),
        ValueKind.Object => labels.Of(value.Type) is { } label
            ? new SchemaValue(SchemaForm.Object, label, value.IsNullable)
            : new SchemaValue(SchemaForm.Record, SchemaLabels.Simple(value.Type), value.IsNullable),
        ValueKind.Foreign when value.IsNumberedEnum => new SchemaValue(SchemaForm.NumberedEnum, SchemaLabels.Simple(value.Type), value.IsNullable),
        ValueKind.Foreign when value.Cases.Count > 0 => new SchemaValue(SchemaForm.Union, SchemaLabels.Simple(value.Type), value.IsNullable),
        ValueKind.Foreign => new SchemaValue(SchemaForm.Opaque, SchemaLabels.Simple(value.Type), value.IsNullable),
        ValueKind.Bytes or ValueKind.Memory => new SchemaValue(SchemaForm.Scalar, "base64", value.IsNullable),
        var scalar => new SchemaValue(SchemaForm.Scalar, ScalarNames[scalar], value.IsNullable),
    };

    private static IEnumerable<SchemaType> Unions(IEnumerable<ShapeModel> shapes) => shapes
        .SelectMany(shape => shape.Members)
        .Select(member => Innermost(member.Value))
        .Where(value => value.Cases.Count > 0)
        .GroupBy(value => SchemaLabels.Simple(value.Type))
        .Select(same => new SchemaType(SchemaForm.Union, same.Key)
        {
            IsDraft = true,
            Names = same.First().Cases.Select(name => new SchemaName(name)).ToEquatableArray(),
            ClrName = ClrName(same.First().Type),
        });

    private static ValueModel Innermost(ValueModel value) => value.Element is { } element ? Innermost(element) : value;
}
