using System.Collections.Generic;
using System.Linq;

namespace Nagare.Schema;

/// <summary>
/// What each kind of change means for two audiences. READ: new code reads every stored event. ROLLOUT: old code meets new events, during
/// a rolling deploy or after a rollback. A silent wrong value counts as a break. The one table: analyzers, tool, documentation and proofs ask it.
/// </summary>
internal static class ChangeTable
{
    private const Verdict Safe = Verdict.Safe;
    private const Verdict Breaks = Verdict.Breaks;

    private const string Bump = "bump the version and write an upcaster from the old shape";
    private const string Nothing = "nothing to do";
    private const string Record = "deploy readers first, then record it in the lock";

    /// <summary>Every kind, in the order of the enum.</summary>
    public static readonly IReadOnlyList<ChangeRow> Rows =
    [
        new(ChangeKind.NullableMemberAdded, "member added, nullable", Safe, Safe, "record it in the lock"),
        new(ChangeKind.DefaultedMemberAdded, "member added, with a default", Safe, Safe, "record it in the lock"),
        new(ChangeKind.RequiredMemberAdded, "member added, required", Breaks, Safe, "make it nullable or give it a default, or " + Bump),
        new(ChangeKind.OptionalMemberRemoved, "optional member removed", Safe, Safe, "retire its name in the lock"),
        new(ChangeKind.RequiredMemberRemoved, "required member removed", Safe, Breaks, "deploy readers that do without it first, then retire its name in the lock"),
        new(ChangeKind.MemberRenamed, "member renamed without former name", Breaks, Breaks, "put [FormerName] with the old name on it, or pin the old name with [JsonPropertyName]; where it is another member, retire the old name in the lock first"),
        new(ChangeKind.MemberRenamedWithFormerName, "member renamed with former name", Safe, Breaks, Record),
        new(ChangeKind.MemberCaseChanged, "case of a member's stored name changed", Breaks, Breaks, "put [FormerName] with the old name on it, or pin the old name with [JsonPropertyName]"),
        new(ChangeKind.RetiredNameUsed, "retired name used again", Breaks, Breaks, "choose a name that was never stored"),
        new(ChangeKind.ClrNameChanged, "C# name changed, stored name pinned", Safe, Safe, Nothing),
        new(ChangeKind.MembersReordered, "members reordered", Safe, Safe, Nothing),
        new(ChangeKind.ClassBecameRecord, "class ↔ record ↔ struct", Safe, Safe, Nothing),

        new(ChangeKind.NumberWidened, "number widened (every old value fits)", Safe, Breaks, Record),
        new(ChangeKind.NumberNarrowed, "number narrowed (every new value fits the old type)", Breaks, Safe, Bump),
        new(ChangeKind.NumberChanged, "number to one that neither holds nor fits (signed ↔ unsigned, decimal ↔ double)", Breaks, Breaks, Bump),
        new(ChangeKind.NumberBecameText, "number → string", Breaks, Breaks, Bump),
        new(ChangeKind.TextBecameNumber, "string → number", Breaks, Breaks, Bump),
        new(ChangeKind.ScalarBecameList, "scalar → list", Breaks, Breaks, Bump),
        new(ChangeKind.ListBecameScalar, "list → scalar", Breaks, Breaks, Bump),
        new(ChangeKind.DateTimeBecameDateTimeOffset, "DateTime → DateTimeOffset", Breaks, Breaks, "a time without an offset silently takes the reader's; " + Bump),
        new(ChangeKind.DateTimeOffsetBecameDateTime, "DateTimeOffset → DateTime", Breaks, Breaks, "the offset is silently lost; " + Bump),
        new(ChangeKind.TypeWidened, "type widened (Guid, day, enum … → string, anything → JSON)", Safe, Breaks, Record),
        new(ChangeKind.TypeNarrowed, "type narrowed (string → Guid, day, enum …, JSON → anything)", Breaks, Safe, Bump),
        new(ChangeKind.TypeChanged, "type changed otherwise", Breaks, Breaks, Bump),
        new(ChangeKind.OpaqueTypeChanged, "opaque type changed", Breaks, Breaks, "the compiler cannot see through it; " + Bump),

        new(ChangeKind.ValueMadeNullable, "not nullable → nullable", Safe, Breaks, Record),
        new(ChangeKind.ValueMadeRequired, "nullable → not nullable", Breaks, Safe, Bump),
        new(ChangeKind.MemberMadeOptional, "required → with a default", Safe, Safe, "record it in the lock"),
        new(ChangeKind.MemberMadeRequired, "with a default → required", Breaks, Safe, "keep the default, or " + Bump),
        new(ChangeKind.DefaultChanged, "default changed", Breaks, Safe, "events stored before the member was added silently take another value; keep the default, or " + Bump),
        new(ChangeKind.NullOmitted, "null left out at write, where absence means null", Safe, Safe, "record it in the lock"),
        new(ChangeKind.ValueOmitted, "value left out at write, where old code does not take absence for it", Safe, Breaks, Record),
        new(ChangeKind.OmissionEnded, "value no longer left out at write", Safe, Safe, "record it in the lock"),

        new(ChangeKind.EnumNameAdded, "enum name added", Safe, Breaks, Record),
        new(ChangeKind.EnumNameRemoved, "enum name removed", Breaks, Safe, "keep the name, with [Obsolete] on it, or " + Bump),
        new(ChangeKind.EnumNameRenamed, "enum name renamed without former name", Breaks, Breaks, "put [FormerName] with the old name on it, or pin the old name with [JsonStringEnumMemberName]"),
        new(ChangeKind.EnumNameRenamedWithFormerName, "enum name renamed with former name", Safe, Breaks, Record),
        new(ChangeKind.EnumBecameFlags, "[Flags] added to an enum", Safe, Breaks, Record),
        new(ChangeKind.FlagsBecameEnum, "[Flags] taken from an enum", Breaks, Safe, Bump),
        new(ChangeKind.EnumStoredByNumber, "enum stored by number", Breaks, Breaks, "refused: a reordered enum would change what is stored without a trace; remove the converter, so that names are stored"),

        new(ChangeKind.UnionCaseAdded, "union case added", Safe, Breaks, Record),
        new(ChangeKind.UnionCaseRemoved, "union case removed", Breaks, Safe, "keep the case, or " + Bump),
        new(ChangeKind.UnionCaseRenamed, "union case renamed", Breaks, Breaks, "keep the old discriminator in [JsonDerivedType]"),

        new(ChangeKind.EventAdded, "event added", Safe, Breaks, "add it to the lock; deploy readers first, or let old code skip unknown events"),
        new(ChangeKind.PastEventAdded, "history record added", Safe, Safe, "add it to the lock"),
        new(ChangeKind.EventRemoved, "event removed", Breaks, Safe, "keep a [PastEvent] record of it with an [Upcaster], to nothing where it is meant to vanish, and retire its name"),
        new(ChangeKind.EventRetired, "event removed, with history record and upcaster", Safe, Safe, "retire its name in the lock"),
        new(ChangeKind.EventRenamed, "event renamed without former name", Breaks, Breaks, "pin the old name, [Event(\"…\")], or put [FormerName] with it on the event"),
        new(ChangeKind.EventRenamedWithFormerName, "event renamed with former name", Safe, Breaks, Record),
        new(ChangeKind.FamilyRenamedWithFormerName, "family renamed with former name", Safe, Breaks, Record),
        new(ChangeKind.VersionBumpedWithUpcaster, "version bumped, with upcaster", Safe, Breaks, Record),
        new(ChangeKind.VersionBumpedWithoutUpcaster, "version bumped, without upcaster", Breaks, Breaks, "keep the old shape as a [PastEvent] record and write an [Upcaster] from it"),
        new(ChangeKind.VersionLowered, "version lowered", Breaks, Breaks, "versions only grow; give the event its version back"),
    ];

    private static readonly Dictionary<ChangeKind, ChangeRow> ByKind = Rows.ToDictionary(row => row.Kind);

    public static ChangeRow Of(ChangeKind kind) => ByKind[kind];
}

/// <summary>A row of the table.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Words">The change in words.</param>
/// <param name="Read">Whether new code reads every stored event.</param>
/// <param name="Rollout">Whether old code reads new events.</param>
/// <param name="WayOut">What to do.</param>
internal sealed record ChangeRow(ChangeKind Kind, string Words, Verdict Read, Verdict Rollout, string WayOut);

/// <summary>What a change means for an audience.</summary>
internal enum Verdict
{
    /// <summary>Every value is read as what was written.</summary>
    Safe,

    /// <summary>Some event is not read, or silently read as something else.</summary>
    Breaks,
}
