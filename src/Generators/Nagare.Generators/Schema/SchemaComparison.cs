using System;
using System.Collections.Generic;
using System.Linq;

namespace Nagare.Schema;

/// <summary>
/// The one function that compares a locked schema with a current one: what the analyzers show, the tool prints and the tests prove. Pure.
/// </summary>
internal static class SchemaComparison
{
    /// <summary>What happened between the lock and the code, in the order of the lock.</summary>
    public static IReadOnlyList<SchemaChange> Compare(SchemaLock locked, SchemaLock current)
    {
        var changes = new List<SchemaChange>();
        var families = FamilyNames(locked, current, changes);
        var met = new HashSet<SchemaEvent>();
        foreach (var e in locked.Events)
        {
            changes.AddRange(CompareEvent(locked, current, e, families[e.Family], met));
        }

        changes.AddRange(current.Events.Where(e => !met.Contains(e)).Select(e => Added(locked, current, e, LockedName(families, e.Family))).Where(change => change is not null)!);
        return changes
            .OrderBy(change => change.Family, StringComparer.Ordinal)
            .ThenBy(change => change.Event, StringComparer.Ordinal)
            .ThenBy(change => change.Version)
            .ThenBy(change => change.Path, StringComparer.Ordinal)
            .ThenBy(change => change.Kind)
            .ToList();
    }

    // What the code calls each family of the lock.
    private static Dictionary<string, string> FamilyNames(SchemaLock locked, SchemaLock current, List<SchemaChange> changes)
    {
        var names = locked.Events.Select(e => e.Family).Distinct().ToDictionary(name => name, name => name, StringComparer.Ordinal);
        foreach (var family in current.Families)
        {
            foreach (var former in family.FormerNames.Where(former => names.ContainsKey(former) && current.Family(former) is null))
            {
                names[former] = family.Name;
                changes.Add(new SchemaChange(ChangeKind.FamilyRenamedWithFormerName, former, "", 0, "") { Before = Head(former), After = Head(family.Name) });
            }
        }

        return names;

        static string Head(string family) => $"family {SchemaWords.Quote(family)}";
    }

    private static IEnumerable<SchemaChange> CompareEvent(SchemaLock locked, SchemaLock current, SchemaEvent e, string family, HashSet<SchemaEvent> met)
    {
        var change = new SchemaChange(ChangeKind.EventRemoved, e.Family, e.Name, e.Version, "") { Before = SchemaWriter.EventHead(e), IsDraft = e.IsDraft };
        var name = e.Name;
        if (!HasName(current, family, name) && current.Events.FirstOrDefault(other => other.Family == family && other.FormerNames.Contains(name)) is { } renamed)
        {
            name = renamed.Name;
            yield return change with { Kind = ChangeKind.EventRenamedWithFormerName, After = SchemaWriter.EventHead(current.Event(family, name, e.Version) ?? renamed) };
        }

        if (current.Event(family, name, e.Version) is { } same)
        {
            met.Add(same);
            foreach (var inside in new ShapeComparison(locked, current, e, same).Compare())
            {
                yield return inside;
            }

            if (same.Reading != SchemaReading.Today && e.Reading == SchemaReading.Today && !current.Events.Any(other => other.Family == family && other.Name == name && other.Reading == SchemaReading.Today))
            {
                yield return change with { Kind = ChangeKind.EventRetired };
            }
        }
        else if (current.Events.LastOrDefault(other => other.Family == family && other.Name == name) is { } newest)
        {
            yield return change with { Kind = newest.Version > e.Version ? ChangeKind.VersionBumpedWithoutUpcaster : ChangeKind.VersionLowered, After = SchemaWriter.EventHead(newest) };
        }
        else if (SameShapeUnderNewName(locked, current, e, family) is { } moved)
        {
            met.Add(moved);
            yield return change with { Kind = ChangeKind.EventRenamed, After = SchemaWriter.EventHead(moved) };
        }
        else
        {
            yield return change;
        }
    }

    private static SchemaChange? Added(SchemaLock locked, SchemaLock current, SchemaEvent e, string family)
    {
        var change = new SchemaChange(ChangeKind.EventAdded, family, e.Name, e.Version, "") { After = SchemaWriter.EventHead(e) };
        if (e.Reading != SchemaReading.Today)
        {
            return change with { Kind = ChangeKind.PastEventAdded };
        }

        if (IsRetired(locked, family, e.Name))
        {
            return change with { Kind = ChangeKind.RetiredNameUsed, Before = $"retired {SchemaWords.Quote(e.Name)}" };
        }

        var earlier = locked.Events.Where(other => other.Family == family && (other.Name == e.Name || e.FormerNames.Contains(other.Name))).ToList();
        if (earlier.Count == 0)
        {
            return change;
        }

        // Without the way from the old version, the old version says so itself.
        return earlier.All(other => other.Version < e.Version && current.Event(e.Family, e.Name, other.Version) is not null)
            ? change with { Kind = ChangeKind.VersionBumpedWithUpcaster, Before = SchemaWriter.EventHead(earlier[earlier.Count - 1]) }
            : null;
    }

    // Members say that it is the same event under another name; an event without members says nothing.
    private static SchemaEvent? SameShapeUnderNewName(SchemaLock locked, SchemaLock current, SchemaEvent e, string family)
    {
        var alike = current.Events
            .Where(other => other.Family == family && other.Version == e.Version && other.Reading == SchemaReading.Today && !HasName(locked, e.Family, other.Name))
            .Where(other => other.Members.Count > 0 && other.Members.Select(Fact).SequenceEqual(e.Members.Select(Fact)))
            .Take(2)
            .ToList();
        return alike.Count == 1 ? alike[0] : null;

        static string Fact(SchemaMember member) => SchemaWriter.Member(member with { IsDraft = false });
    }

    private static bool HasName(SchemaLock schema, string family, string name) => schema.Events.Any(e => e.Family == family && e.Name == name);

    private static bool IsRetired(SchemaLock locked, string family, string name) => locked.Family(family)?.Retired.Contains(name) == true;

    private static string LockedName(Dictionary<string, string> families, string name) => families.Where(pair => pair.Value == name).Select(pair => pair.Key).FirstOrDefault() ?? name;
}
