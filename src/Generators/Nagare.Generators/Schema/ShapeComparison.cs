using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>Compares one version of one event with what the code makes of it, member by member and type by type.</summary>
internal sealed class ShapeComparison(SchemaLock locked, SchemaLock current, SchemaEvent before, SchemaEvent after)
{
    private readonly List<SchemaChange> _changes = [];
    private readonly HashSet<(string, string)> _open = [];

    public IReadOnlyList<SchemaChange> Compare()
    {
        if (after.Reading != SchemaReading.PastJson && before.Reading != SchemaReading.PastJson)
        {
            CompareMembers(before.Members, after.Members, before.Retired, "", before.IsDraft);
        }

        if (before.ClrName is not null && after.ClrName is not null && before.ClrName != after.ClrName && after.Reading == before.Reading)
        {
            Add(ChangeKind.ClrNameChanged, "", before.ClrName, after.ClrName, before.IsDraft);
        }

        return _changes;
    }

    private void CompareMembers(EquatableArray<SchemaMember> olds, EquatableArray<SchemaMember> news, EquatableArray<string> retired, string path, bool isDraft)
    {
        var added = news.Where(member => !olds.Any(old => old.Name == member.Name)).ToList();
        var removed = olds.Where(old => !news.Any(member => member.Name == old.Name)).ToList();
        foreach (var old in olds)
        {
            if (news.FirstOrDefault(member => member.Name == old.Name) is { } same)
            {
                CompareMember(old, same, path, isDraft);
            }
            else if (added.FirstOrDefault(member => member.FormerNames.Contains(old.Name)) is { } renamed)
            {
                added.Remove(renamed);
                Add(ChangeKind.MemberRenamedWithFormerName, path + renamed.Name, old, renamed, isDraft);
                CompareMember(old, renamed, path, isDraft);
            }
            else if (Renamed(old, removed, added) is { } other)
            {
                added.Remove(other);
                Add(string.Equals(other.Name, old.Name, StringComparison.OrdinalIgnoreCase) ? ChangeKind.MemberCaseChanged : ChangeKind.MemberRenamed, path + other.Name, old, other, isDraft);
            }
            else
            {
                Add(old.IsOptional ? ChangeKind.OptionalMemberRemoved : ChangeKind.RequiredMemberRemoved, path + old.Name, old, null, isDraft);
            }
        }

        foreach (var member in added)
        {
            if (retired.Contains(member.Name))
            {
                Add(ChangeKind.RetiredNameUsed, path + member.Name, $"retired {SchemaWords.Quote(member.Name)}", SchemaWriter.Member(member), isDraft);
                continue;
            }

            Add(!member.IsOptional ? ChangeKind.RequiredMemberAdded : member is { Value.IsNullable: true, Default: null } ? ChangeKind.NullableMemberAdded : ChangeKind.DefaultedMemberAdded, path + member.Name, null, member, isDraft);
        }
    }

    // One went and one like it came: whoever meant two members retires the old name first.
    private static SchemaMember? Renamed(SchemaMember old, List<SchemaMember> removed, List<SchemaMember> added)
    {
        if (added.FirstOrDefault(member => string.Equals(member.Name, old.Name, StringComparison.OrdinalIgnoreCase)) is { } sameButForCase)
        {
            return sameButForCase;
        }

        var candidates = added.Where(member => member.Value == old.Value).ToList();
        return candidates.Count == 1 && removed.Count(other => other.Value == old.Value) == 1 ? candidates[0] : null;
    }

    private void CompareMember(SchemaMember old, SchemaMember member, string path, bool isDraft)
    {
        path += member.Name;
        isDraft |= old.IsDraft;
        var count = _changes.Count;
        CompareValue(old, member, old.Value, member.Value, path, isDraft);
        var isNullabilityChanged = _changes.Skip(count).Any(change => change.Path == path && change.Kind is ChangeKind.ValueMadeNullable or ChangeKind.ValueMadeRequired);
        if (old.IsOptional != member.IsOptional && !isNullabilityChanged)
        {
            Add(member.IsOptional ? ChangeKind.MemberMadeOptional : ChangeKind.MemberMadeRequired, path, old, member, isDraft);
        }

        if (old.IsOptional && member.IsOptional && old.Default != member.Default && old.Value.Form == member.Value.Form)
        {
            Add(ChangeKind.DefaultChanged, path, old, member, isDraft);
        }

        if (old.Omission != member.Omission)
        {
            var kind = member.Omission == SchemaOmission.Never ? ChangeKind.OmissionEnded
                : old is { IsOptional: true, Value.IsNullable: true, Default: null } ? ChangeKind.NullOmitted
                : ChangeKind.ValueOmitted;
            Add(kind, path, old, member, isDraft);
        }

        if (old.ClrName is not null && member.ClrName is not null && old.ClrName != member.ClrName)
        {
            Add(ChangeKind.ClrNameChanged, path, old.ClrName, member.ClrName, isDraft);
        }
    }

    private void CompareValue(SchemaMember old, SchemaMember member, SchemaValue from, SchemaValue to, string path, bool isDraft)
    {
        // JSON holds null as JSON.
        if (from.IsNullable != to.IsNullable && from.Name != "json" && to.Name != "json")
        {
            Add(to.IsNullable ? ChangeKind.ValueMadeNullable : ChangeKind.ValueMadeRequired, path, old, member, isDraft);
        }

        if (to.Form == SchemaForm.NumberedEnum)
        {
            Add(ChangeKind.EnumStoredByNumber, path, old, member, isDraft: false);
        }
        else if (from.Form != to.Form || from.Form is SchemaForm.Scalar or SchemaForm.Opaque or SchemaForm.NumberedEnum)
        {
            if (ValueChanges.Between(from, to) is { } kind)
            {
                Add(kind, path, old, member, isDraft);
            }
        }
        else if (from.Form is SchemaForm.List or SchemaForm.Map)
        {
            CompareValue(old, member, from.Element!, to.Element!, path + (from.Form == SchemaForm.List ? "[]" : "{}"), isDraft);
        }
        else if (locked.Type(from.Name) is { } oldType && current.Type(to.Name) is { } newType && _open.Add((from.Name, to.Name)))
        {
            // A type that holds itself is compared once on each way to it.
            CompareTypes(oldType, newType, path, isDraft || oldType.IsDraft);
            _open.Remove((from.Name, to.Name));
        }
    }

    private void CompareTypes(SchemaType old, SchemaType type, string path, bool isDraft)
    {
        if (old.ClrName is not null && type.ClrName is not null && old.ClrName != type.ClrName)
        {
            Add(ChangeKind.ClrNameChanged, path, old.ClrName, type.ClrName, isDraft);
        }

        if (type.Form == SchemaForm.Object)
        {
            CompareMembers(old.Members, type.Members, old.Retired, path + ".", isDraft);
            return;
        }

        if (old.IsFlags != type.IsFlags)
        {
            Add(type.IsFlags ? ChangeKind.EnumBecameFlags : ChangeKind.FlagsBecameEnum, path, (string?)null, null, isDraft);
        }

        CompareNames(old, type, path, isDraft);
    }

    private void CompareNames(SchemaType old, SchemaType type, string path, bool isDraft)
    {
        var isEnum = type.Form == SchemaForm.Enum;
        var removed = old.Names.Where(name => !type.Names.Any(other => other.Name == name.Name)).ToList();
        var added = type.Names.Where(name => !old.Names.Any(other => other.Name == name.Name)).ToList();
        foreach (var name in added.ToList())
        {
            if (removed.FirstOrDefault(other => name.FormerNames.Contains(other.Name)) is { } former)
            {
                removed.Remove(former);
                added.Remove(name);
                Add(ChangeKind.EnumNameRenamedWithFormerName, path, former.Name, name.Name, isDraft || former.IsDraft);
            }
        }

        if (removed.Count == 1 && added.Count == 1)
        {
            Add(isEnum ? ChangeKind.EnumNameRenamed : ChangeKind.UnionCaseRenamed, path, removed[0].Name, added[0].Name, isDraft || removed[0].IsDraft);
            return;
        }

        foreach (var name in removed)
        {
            Add(isEnum ? ChangeKind.EnumNameRemoved : ChangeKind.UnionCaseRemoved, path, name.Name, null, isDraft || name.IsDraft);
        }

        foreach (var name in added)
        {
            var kind = old.Retired.Contains(name.Name) ? ChangeKind.RetiredNameUsed : isEnum ? ChangeKind.EnumNameAdded : ChangeKind.UnionCaseAdded;
            Add(kind, path, null, name.Name, isDraft);
        }
    }

    private void Add(ChangeKind kind, string path, SchemaMember? old, SchemaMember? member, bool isDraft) =>
        Add(kind, path, old is null ? null : SchemaWriter.Member(old), member is null ? null : SchemaWriter.Member(member), isDraft || old?.IsDraft == true);

    private void Add(ChangeKind kind, string path, string? old, string? now, bool isDraft) =>
        _changes.Add(new SchemaChange(kind, before.Family, before.Name, before.Version, path) { Before = old, After = now, IsDraft = isDraft, IsHistory = after.Reading != SchemaReading.Today });
}
