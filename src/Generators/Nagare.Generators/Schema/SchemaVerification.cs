using System.Collections.Generic;
using System.Linq;
using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>
/// The gate that no switched-off analyzer opens: 'nagare schema verify'. Everything on the base counts as sealed, and the code is compared with
/// the base itself, so that deleting the lock, or editing a sealed line to fit a break, hides nothing.
/// </summary>
internal static class SchemaVerification
{
    /// <summary>Why the code may not be merged, a line each; empty where it may.</summary>
    /// <param name="origin">The lock on the base, or null where there is none.</param>
    /// <param name="head">The lock beside the code, or null where there is none.</param>
    /// <param name="current">The schema of the code.</param>
    public static IReadOnlyList<string> Verify(SchemaLock? origin, SchemaLock? head, SchemaLock current)
    {
        if (head is null)
        {
            return current.Events.Count == 0 && origin is null ? [] : [$"{SchemaLock.FileName} is missing{(origin is null ? "" : ", and the base has it")}: run 'nagare schema update'"];
        }

        var findings = new List<string>();
        if (origin is not null)
        {
            var released = origin.Seal();
            findings.AddRange(SchemaComparison.Compare(WithRetirements(released, head), current).Where(change => change.BreaksRead).Select(Line));
            findings.AddRange(Forgotten(released, head));
        }

        findings.AddRange(SchemaComparison.Compare(head, current)
            .Where(change => change.Kind != ChangeKind.ClrNameChanged)
            .Select(change => change.BreaksRead ? Line(change) : $"{change}: the lock does not have it; run 'nagare schema update'"));
        return findings.Distinct().ToList();
    }

    private static string Line(SchemaChange change) => $"{change}: stored events could not be read; {change.Row.WayOut}";

    // What the head took back: entries and retired names that the base has. Lines that changed are compared with the code above.
    private static IEnumerable<string> Forgotten(SchemaLock origin, SchemaLock head)
    {
        foreach (var family in origin.Families)
        {
            var kept = head.Families.FirstOrDefault(other => other.Name == family.Name || other.FormerNames.Contains(family.Name));
            foreach (var name in family.Retired.Where(name => kept?.Retired.Contains(name) != true))
            {
                yield return $"{family.Name}: the line 'retired {SchemaWords.Quote(name)}' was taken from {SchemaLock.FileName}; put it back, retired names stay for ever";
            }
        }

        foreach (var e in origin.Events)
        {
            var kept = head.Events.FirstOrDefault(other => other.Version == e.Version && (other.Name == e.Name || other.FormerNames.Contains(e.Name)) && Is(head, other.Family, e.Family));
            if (kept is null)
            {
                yield return $"{e}: the line '{SchemaWriter.EventHead(e)}' was taken from {SchemaLock.FileName}; put it back";
                continue;
            }

            foreach (var name in e.Retired.Where(name => !kept.Retired.Contains(name)))
            {
                yield return $"{e}: the line 'retired {SchemaWords.Quote(name)}' was taken from {SchemaLock.FileName}; put it back, retired names stay for ever";
            }
        }
    }

    private static bool Is(SchemaLock head, string family, string former) => family == former || head.Family(family)?.FormerNames.Contains(former) == true;

    // A member that the head retired was taken away on purpose, and is no half of a rename.
    private static SchemaLock WithRetirements(SchemaLock origin, SchemaLock head) => origin with
    {
        Events = origin.Events.Select(e => head.Event(e.Family, e.Name, e.Version) is { } kept
            ? e with { Members = Without(e.Members, kept.Retired), Retired = SchemaUpdate.Union(e.Retired, kept.Retired) }
            : e).ToEquatableArray(),
        Types = origin.Types.Select(type => head.Type(type.Label) is { } kept
            ? type with { Members = Without(type.Members, kept.Retired), Retired = SchemaUpdate.Union(type.Retired, kept.Retired) }
            : type).ToEquatableArray(),
    };

    private static EquatableArray<SchemaMember> Without(EquatableArray<SchemaMember> members, EquatableArray<string> retired) =>
        members.Where(member => !retired.Contains(member.Name)).ToEquatableArray();
}
