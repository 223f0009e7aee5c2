using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>Brings the types of one event into the lock. A type that breaks what is sealed under its label comes in under a label of its own.</summary>
internal sealed class SchemaTypeUpdate(SchemaLock locked, SchemaLock current)
{
    private readonly Dictionary<string, string> _labels = [];
    private readonly Dictionary<string, SchemaType> _amended = [];

    /// <summary>Members with the labels that their types have in the lock.</summary>
    public EquatableArray<SchemaMember> Members(IEnumerable<SchemaMember> members) =>
        members.Select(member => member with { Value = Relabel(member.Value) }).ToEquatableArray();

    /// <summary>The lock with the types.</summary>
    public SchemaLock Apply() => locked with
    {
        Types = locked.Types.Where(type => !_amended.ContainsKey(type.Label)).Concat(_amended.Values).ToEquatableArray(),
    };

    private SchemaValue Relabel(SchemaValue value) =>
        value.Element is { } element ? value with { Element = Relabel(element) }
        : value.Form is SchemaForm.Object or SchemaForm.Enum or SchemaForm.Union && current.Type(value.Name) is { } type ? value with { Name = LabelOf(type) }
        : value;

    private string LabelOf(SchemaType type)
    {
        if (_labels.TryGetValue(type.Label, out var label))
        {
            return label;
        }

        label = type.Label;
        for (var i = 2; locked.Type(label) is { } taken && Breaks(taken, type); i++)
        {
            label = $"{type.Label}-{i}";
        }

        _labels.Add(type.Label, label);
        var known = locked.Type(label);
        var isDraft = known?.IsDraft ?? true;
        var (members, retired) = SchemaUpdate.Merge(known?.Members ?? default, Members(type.Members), isDraft);
        _amended.Add(label, type with
        {
            Label = label,
            IsDraft = isDraft,
            Members = members,
            Names = type.Names.Select(name => Merge(known, name)).ToEquatableArray(),
            Retired = SchemaUpdate.Union(known?.Retired, retired),
        });
        return label;
    }

    private static SchemaName Merge(SchemaType? known, SchemaName name)
    {
        if (known is null || known.IsDraft)
        {
            return name with { IsDraft = false };
        }

        var before = known.Names.FirstOrDefault(other => other.Name == name.Name || name.FormerNames.Contains(other.Name));
        return name with { IsDraft = before?.IsDraft ?? true, FormerNames = SchemaUpdate.Union(before?.FormerNames, name.FormerNames) };
    }

    private bool Breaks(SchemaType old, SchemaType type) => old.Form != type.Form || new ShapeComparison(locked, current, Holding(old), Holding(type)).Compare().Any(change => change.BreaksRead);

    private static SchemaEvent Holding(SchemaType type) => new("", "", 1)
    {
        Members = new([new SchemaMember("value", new SchemaValue(type.Form, type.Label))]),
    };
}
