using System;
using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>
/// Brings a lock up to the code: what 'nagare schema update' and the code fixes do. New entries come in as drafts, drafts follow the code,
/// sealed entries take what is safe; an entry that the code breaks stays as it is.
/// </summary>
internal static class SchemaUpdate
{
    // A name that one round frees is taken by the next; more rounds than this find nothing to do.
    private const int MaxRounds = 3;

    /// <summary>The whole lock. Done again, it changes nothing.</summary>
    public static SchemaLock All(SchemaLock locked, SchemaLock current)
    {
        for (var i = 0; i < MaxRounds; i++)
        {
            var before = locked;
            locked = Round(locked, current);
            if (locked.ToString() == before.ToString())
            {
                break;
            }
        }

        return locked;
    }

    private static SchemaLock Round(SchemaLock locked, SchemaLock current)
    {
        locked = Families(locked, current);
        foreach (var (family, name) in current.Events.Select(e => (e.Family, e.Name)).Distinct())
        {
            locked = Event(locked, current, family, name);
        }

        return locked.Normalized();
    }

    /// <summary>The families: new ones, former names, what the code calls them.</summary>
    public static SchemaLock Families(SchemaLock locked, SchemaLock current)
    {
        foreach (var family in current.Families)
        {
            var known = locked.Family(family.Name) ?? family.FormerNames.Select(locked.Family).FirstOrDefault(former => former is not null && current.Family(former.Name) is null);
            var amended = family with { FormerNames = Union(known?.FormerNames, family.FormerNames), Retired = Union(known?.Retired, family.Retired) };
            locked = locked with
            {
                Families = locked.Families.Where(other => other.Name != known?.Name && other.Name != family.Name).Append(amended).ToEquatableArray(),
                Events = locked.Events.Select(e => e.Family == known?.Name ? e with { Family = family.Name } : e).ToEquatableArray(),
            };
        }

        return locked;
    }

    /// <summary>One event with all its versions, by its name in the code.</summary>
    public static SchemaLock Event(SchemaLock locked, SchemaLock current, string family, string name)
    {
        locked = Families(locked, current with { Families = current.Families.Where(known => known.Name == family).ToEquatableArray() });
        foreach (var e in current.Events.Where(e => e.Family == family && e.Name == name))
        {
            locked = Version(locked, current, e);
        }

        // What only upcasters read is gone as a name.
        return current.Events.Any(e => e.Family == family && e.Name == name && e.Reading == SchemaReading.Today) || !locked.Events.Any(e => e.Family == family && e.Name == name)
            ? locked.Normalized()
            : Retire(locked, family, name).Normalized();
    }

    /// <summary>The name of an event is gone for ever.</summary>
    public static SchemaLock Retire(SchemaLock locked, string family, string name) => locked with
    {
        Families = locked.Families.Select(known => known.Name == family ? known with { Retired = Union(known.Retired, [name]) } : known).ToEquatableArray(),
    };

    /// <summary>A member of an event, or of a type inside it that has it, is gone for ever.</summary>
    public static SchemaLock RetireMember(SchemaLock locked, string family, string name, int version, string member)
    {
        if (locked.Event(family, name, version) is { } e && e.Members.Any(known => known.Name == member))
        {
            var retired = e with { Members = Without(e.Members, member), Retired = Union(e.Retired, [member]) };
            return (locked with { Events = locked.Events.Select(other => other == e ? retired : other).ToEquatableArray() }).Normalized();
        }

        var types = locked.Types.Select(type => type.Members.Any(known => known.Name == member) && Holds(locked, family, name, version, type.Label)
            ? type with { Members = Without(type.Members, member), Retired = Union(type.Retired, [member]) }
            : type);
        return (locked with { Types = types.ToEquatableArray() }).Normalized();
    }

    private static bool Holds(SchemaLock locked, string family, string name, int version, string label) =>
        locked.Event(family, name, version) is { } e && (locked with { Events = new([e]) }).Normalized().Type(label) is not null;

    private static EquatableArray<SchemaMember> Without(EquatableArray<SchemaMember> members, string name) => members.Where(member => member.Name != name).ToEquatableArray();

    private static SchemaLock Version(SchemaLock locked, SchemaLock current, SchemaEvent e)
    {
        var known = locked.Event(e.Family, e.Name, e.Version) ?? e.FormerNames.Select(former => locked.Event(e.Family, former, e.Version)).FirstOrDefault(former => former is not null);
        if (known is not null && new ShapeComparison(locked, current, known, e).Compare().Any(change => change.BreaksRead))
        {
            return locked;
        }

        var before = locked;
        var types = new SchemaTypeUpdate(locked, current);
        var members = types.Members(e.Members);
        locked = types.Apply();
        var (merged, retired) = Merge(known?.Members ?? default, members, known?.IsDraft ?? true);
        locked = known is { IsDraft: false } ? SealReplaced(before, locked, merged) : locked;
        var amended = e with
        {
            IsDraft = known?.IsDraft ?? true,
            Members = e.Reading == SchemaReading.PastJson && known is not null ? known.Members : merged,
            FormerNames = Union(known?.FormerNames, e.FormerNames),
            Retired = e.Reading == SchemaReading.PastJson ? known?.Retired ?? default : Union(known?.Retired, retired),
        };
        return locked with { Events = locked.Events.Where(other => other != known).Append(amended).ToEquatableArray() };
    }

    // A sealed member whose type was replaced by one of another name, as history records do, stays as fixed as it was.
    private static SchemaLock SealReplaced(SchemaLock before, SchemaLock after, IEnumerable<SchemaMember> members)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SchemaMember>(members.Where(static member => !member.IsDraft));
        while (open.Count > 0)
        {
            if (open.Pop().Value.Label is { } label && before.Type(label) is null && after.Type(label) is { } type && replaced.Add(label))
            {
                foreach (var member in type.Members)
                {
                    open.Push(member);
                }
            }
        }

        return replaced.Count == 0 ? after : after with { Types = after.Types.Select(type => replaced.Contains(type.Label) ? type with { IsDraft = false } : type).ToEquatableArray() };
    }

    /// <summary>What a sealed entry's members become, and which of them are gone. A draft's simply follow.</summary>
    public static (EquatableArray<SchemaMember> Members, IEnumerable<string> Retired) Merge(EquatableArray<SchemaMember> locked, EquatableArray<SchemaMember> current, bool isDraft)
    {
        if (isDraft)
        {
            return (SchemaMember.Seal(current), []);
        }

        var members = current.Select(member =>
        {
            var known = locked.FirstOrDefault(other => other.Name == member.Name) ?? locked.FirstOrDefault(other => member.FormerNames.Contains(other.Name));
            return member with { IsDraft = known?.IsDraft ?? true, FormerNames = Union(known?.FormerNames, member.FormerNames) };
        });
        var gone = locked.Where(old => !old.IsDraft && !current.Any(member => member.Name == old.Name || member.FormerNames.Contains(old.Name))).Select(old => old.Name);
        return (members.ToEquatableArray(), gone);
    }

    public static EquatableArray<string> Union(EquatableArray<string>? first, IEnumerable<string> second) =>
        (first ?? default).Concat(second).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray();
}
