using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>Puts the schemas of single events together: what a build leaves in assembly metadata is one text an event, so that an edit of one re-emits one.</summary>
internal static class SchemaMerge
{
    /// <summary>One schema of all. Types of one C# name are one; of those that share a label only, the later ones get a number.</summary>
    public static SchemaLock Of(IEnumerable<SchemaLock> parts)
    {
        var families = new SortedDictionary<string, SchemaFamily>(StringComparer.Ordinal);
        var events = new List<SchemaEvent>();
        var types = new Dictionary<string, SchemaType>(StringComparer.Ordinal);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.OrderBy(part => part.ToString(), StringComparer.Ordinal))
        {
            var renamed = part.Types.ToDictionary(type => type.Label, type => Label(type, labels, types), StringComparer.Ordinal);
            foreach (var type in part.Types)
            {
                types[renamed[type.Label]] = type with { Label = renamed[type.Label], Members = Relabel(type.Members, renamed) };
            }

            foreach (var family in part.Families)
            {
                var known = families.TryGetValue(family.Name, out var other) ? other : family;
                families[family.Name] = known with { ClrName = known.ClrName ?? family.ClrName, FormerNames = SchemaUpdate.Union(known.FormerNames, family.FormerNames) };
            }

            events.AddRange(part.Events.Select(e => e with { Members = Relabel(e.Members, renamed) }));
        }

        return new SchemaLock { Families = new(families.Values), Events = new(events), Types = new(types.Values) }.Normalized();
    }

    private static string Label(SchemaType type, Dictionary<string, string> labels, Dictionary<string, SchemaType> types)
    {
        var key = type.ClrName ?? type.Label;
        if (!labels.TryGetValue(key, out var label))
        {
            label = type.Label;
            for (var i = 2; types.ContainsKey(label); i++)
            {
                label = $"{type.Label}-{i}";
            }

            labels.Add(key, label);
            types.Add(label, type);
        }

        return label;
    }

    private static EquatableArray<SchemaMember> Relabel(EquatableArray<SchemaMember> members, Dictionary<string, string> labels) =>
        members.Select(member => member with { Value = Relabel(member.Value, labels) }).ToEquatableArray();

    private static SchemaValue Relabel(SchemaValue value, Dictionary<string, string> labels) =>
        value.Element is { } element ? value with { Element = Relabel(element, labels) }
        : value.Form is SchemaForm.Object or SchemaForm.Enum or SchemaForm.Union && labels.TryGetValue(value.Name, out var label) ? value with { Name = label }
        : value;
}
