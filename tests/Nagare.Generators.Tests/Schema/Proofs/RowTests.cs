using System.Collections.Immutable;
using Nagare.Generated;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>
/// Every row of the table: bytes written with the old shape and read with the new one, and the reverse. A verdict is safe when each value
/// is read as what was meant, and a break when one is refused or silently read as something else.
/// </summary>
public class RowTests
{
    private static readonly EventFamily Was = Nagare_Generators_Tests_Schema_Proofs_WasEventFamily.Value;
    private static readonly EventFamily Now = Nagare_Generators_Tests_Schema_Proofs_NowEventFamily.Value;

    private static readonly Row[] Rows =
    [
        new(ChangeKind.NullableMemberAdded, "nullable-member-added",
            [new(new WasEvent.NullableMemberAdded("saw"), new NowEvent.NullableMemberAdded("saw", null))],
            [new(new NowEvent.NullableMemberAdded("saw", "sharp"), new WasEvent.NullableMemberAdded("saw"))]),
        new(ChangeKind.DefaultedMemberAdded, "defaulted-member-added",
            [new(new WasEvent.DefaultedMemberAdded("saw"), new NowEvent.DefaultedMemberAdded("saw"))],
            [new(new NowEvent.DefaultedMemberAdded("saw", 3), new WasEvent.DefaultedMemberAdded("saw"))]),
        new(ChangeKind.RequiredMemberAdded, "required-member-added",
            [new(new WasEvent.RequiredMemberAdded("saw"), null)],
            [new(new NowEvent.RequiredMemberAdded("saw", 3), new WasEvent.RequiredMemberAdded("saw"))]),
        new(ChangeKind.OptionalMemberRemoved, "optional-member-removed",
            [new(new WasEvent.OptionalMemberRemoved("saw", "sharp"), new NowEvent.OptionalMemberRemoved("saw"))],
            [new(new NowEvent.OptionalMemberRemoved("saw"), new WasEvent.OptionalMemberRemoved("saw", null))]),
        new(ChangeKind.RequiredMemberRemoved, "required-member-removed",
            [new(new WasEvent.RequiredMemberRemoved("saw", 3), new NowEvent.RequiredMemberRemoved("saw"))],
            [new(new NowEvent.RequiredMemberRemoved("saw"), null)]),
        new(ChangeKind.MemberRenamed, "member-renamed",
            [new(new WasEvent.MemberRenamed("sharp"), new NowEvent.MemberRenamed("sharp"))],
            [new(new NowEvent.MemberRenamed("sharp"), new WasEvent.MemberRenamed("sharp"))]),
        new(ChangeKind.MemberRenamedWithFormerName, "member-renamed-with-former-name",
            [new(new WasEvent.MemberRenamedWithFormerName("sharp"), new NowEvent.MemberRenamedWithFormerName("sharp"))],
            [new(new NowEvent.MemberRenamedWithFormerName("sharp"), new WasEvent.MemberRenamedWithFormerName("sharp"))]),
        new(ChangeKind.EnumNameRenamedWithFormerName, "enum-name-renamed-with-former-name",
            [new(new WasEvent.EnumNameRenamedWithFormerName(OldColors.Green), new NowEvent.EnumNameRenamedWithFormerName(FormerColors.Lime)), new(new WasEvent.EnumNameRenamedWithFormerName(OldColors.Red), new NowEvent.EnumNameRenamedWithFormerName(FormerColors.Red))],
            [new(new NowEvent.EnumNameRenamedWithFormerName(FormerColors.Lime), new WasEvent.EnumNameRenamedWithFormerName(OldColors.Green))]),
        new(ChangeKind.MemberCaseChanged, "member-case-changed",
            [new(new WasEvent.MemberCaseChanged("u-1"), new NowEvent.MemberCaseChanged("u-1"))],
            [new(new NowEvent.MemberCaseChanged("u-1"), new WasEvent.MemberCaseChanged("u-1"))]),
        new(ChangeKind.RetiredNameUsed, "retired-name-used",
            [new(new WasEvent.RetiredNameUsed("saw", "what it once meant"), new NowEvent.RetiredNameUsed("saw", null))],
            [new(new NowEvent.RetiredNameUsed("saw", "what it means today"), new WasEvent.RetiredNameUsed("saw", null))])
        {
            Locked = locked => locked with { Events = locked.Events.Select(e => e with { Members = e.Members.Where(member => member.Name != "note").ToEquatableArray(), Retired = new(["note"]) }).ToEquatableArray() },
        },
        new(ChangeKind.ClrNameChanged, "clr-name-changed",
            [new(new WasEvent.ClrNameChanged("saw"), new NowEvent.ClrNameChanged("saw"))],
            [new(new NowEvent.ClrNameChanged("saw"), new WasEvent.ClrNameChanged("saw"))]),
        new(ChangeKind.MembersReordered, "members-reordered",
            [new(new WasEvent.MembersReordered("saw", 3), new NowEvent.MembersReordered(3, "saw"))],
            [new(new NowEvent.MembersReordered(3, "saw"), new WasEvent.MembersReordered("saw", 3))]),
        new(ChangeKind.ClassBecameRecord, "class-became-record",
            [new(new WasEvent.ClassBecameRecord(new OldPart { Name = "lid" }), new NowEvent.ClassBecameRecord(new NewPart("lid")))],
            [new(new NowEvent.ClassBecameRecord(new NewPart("lid")), new WasEvent.ClassBecameRecord(new OldPart { Name = "lid" }))]),

        new(ChangeKind.NumberBecameText, "number-became-text",
            [new(new WasEvent.NumberBecameText(3), new NowEvent.NumberBecameText("3"))],
            [new(new NowEvent.NumberBecameText("3"), new WasEvent.NumberBecameText(3))]),
        new(ChangeKind.TextBecameNumber, "text-became-number",
            [new(new WasEvent.TextBecameNumber("3"), new NowEvent.TextBecameNumber(3))],
            [new(new NowEvent.TextBecameNumber(3), new WasEvent.TextBecameNumber("3"))]),
        new(ChangeKind.ScalarBecameList, "scalar-became-list",
            [new(new WasEvent.ScalarBecameList("saw"), new NowEvent.ScalarBecameList(["saw"]))],
            [new(new NowEvent.ScalarBecameList(["saw"]), new WasEvent.ScalarBecameList("saw"))]),
        new(ChangeKind.ListBecameScalar, "list-became-scalar",
            [new(new WasEvent.ListBecameScalar(["saw"]), new NowEvent.ListBecameScalar("saw"))],
            [new(new NowEvent.ListBecameScalar("saw"), new WasEvent.ListBecameScalar(["saw"]))]),
        new(ChangeKind.DateTimeBecameDateTimeOffset, "date-time-became-date-time-offset",
            [new(new WasEvent.DateTimeBecameDateTimeOffset(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)), null)],
            [new(new NowEvent.DateTimeBecameDateTimeOffset(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(11))), null)]),
        new(ChangeKind.DateTimeOffsetBecameDateTime, "date-time-offset-became-date-time",
            [new(new WasEvent.DateTimeOffsetBecameDateTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(11))), null)],
            [new(new NowEvent.DateTimeOffsetBecameDateTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)), null)]),
        new(ChangeKind.TypeChanged, "type-changed",
            [new(new WasEvent.TypeChanged(true), null)],
            [new(new NowEvent.TypeChanged(new OldPart()), null)]),
        new(ChangeKind.OpaqueTypeChanged, "opaque-type-changed",
            [new(new WasEvent.OpaqueTypeChanged(new Uri("https://example.org/")), null)],
            [new(new NowEvent.OpaqueTypeChanged(new Version(1, 2)), null)]),

        new(ChangeKind.ValueMadeNullable, "value-made-nullable",
            [new(new WasEvent.ValueMadeNullable(3), new NowEvent.ValueMadeNullable(3))],
            [new(new NowEvent.ValueMadeNullable(3), new WasEvent.ValueMadeNullable(3)), new(new NowEvent.ValueMadeNullable(null), null)]),
        new(ChangeKind.ValueMadeNullable, "reference-made-nullable",
            [new(new WasEvent.ReferenceMadeNullable("saw"), new NowEvent.ReferenceMadeNullable("saw"))],
            [new(new NowEvent.ReferenceMadeNullable(null), null)]),
        new(ChangeKind.ValueMadeRequired, "value-made-required",
            [new(new WasEvent.ValueMadeRequired(null), null)],
            [new(new NowEvent.ValueMadeRequired(3), new WasEvent.ValueMadeRequired(3))]),
        new(ChangeKind.ValueMadeRequired, "reference-made-required",
            [new(new WasEvent.ReferenceMadeRequired(null), null)],
            [new(new NowEvent.ReferenceMadeRequired("saw"), new WasEvent.ReferenceMadeRequired("saw"))]),
        new(ChangeKind.MemberMadeOptional, "member-made-optional",
            [new(new WasEvent.MemberMadeOptional(3), new NowEvent.MemberMadeOptional(3))],
            [new(new NowEvent.MemberMadeOptional(), new WasEvent.MemberMadeOptional(0))]),

        // Stored before the member was added: that it is optional says that such events exist.
        new(ChangeKind.MemberMadeRequired, "member-made-required",
            [new("{}", null)],
            [new(new NowEvent.MemberMadeRequired(3), new WasEvent.MemberMadeRequired(3))]),
        new(ChangeKind.DefaultChanged, "default-changed",
            [new(new WasEvent.DefaultChanged(), new NowEvent.DefaultChanged(0)), new("{}", new NowEvent.DefaultChanged(0))],
            [new(new NowEvent.DefaultChanged(), new WasEvent.DefaultChanged(5))]),
        new(ChangeKind.DefaultChanged, "initializer-changed",
            [new("{}", new NowEvent.InitializerChanged { Calls = 3 })],
            [new(new NowEvent.InitializerChanged(), new WasEvent.InitializerChanged { Calls = 4 })]),
        new(ChangeKind.NullOmitted, "null-omitted",
            [new(new WasEvent.NullOmitted(null), new NowEvent.NullOmitted(null)), new(new WasEvent.NullOmitted("sharp"), new NowEvent.NullOmitted("sharp"))],
            [new(new NowEvent.NullOmitted(null), new WasEvent.NullOmitted(null)), new(new NowEvent.NullOmitted("sharp"), new WasEvent.NullOmitted("sharp"))]),
        new(ChangeKind.ValueOmitted, "value-omitted",
            [new(new WasEvent.ValueOmitted(3), new NowEvent.ValueOmitted(3)), new(new WasEvent.ValueOmitted(), new NowEvent.ValueOmitted(7))],
            [new(new NowEvent.ValueOmitted(0), new WasEvent.ValueOmitted(0))]),
        new(ChangeKind.OmissionEnded, "omission-ended",
            [new(new WasEvent.OmissionEnded(null), new NowEvent.OmissionEnded(null)), new(new WasEvent.OmissionEnded("sharp"), new NowEvent.OmissionEnded("sharp"))],
            [new(new NowEvent.OmissionEnded(null), new WasEvent.OmissionEnded(null))]),

        new(ChangeKind.EnumNameAdded, "enum-name-added",
            [.. Enum.GetValues<OldColors>().Select(color => new Sample(new WasEvent.EnumNameAdded(color), new NowEvent.EnumNameAdded(Enum.Parse<NewColors>(color.ToString()))))],
            [new(new NowEvent.EnumNameAdded(NewColors.Blue), null)]),
        new(ChangeKind.EnumNameRemoved, "enum-name-removed",
            [new(new WasEvent.EnumNameRemoved(NewColors.Blue), null)],
            [.. Enum.GetValues<OldColors>().Select(color => new Sample(new NowEvent.EnumNameRemoved(color), new WasEvent.EnumNameRemoved(Enum.Parse<NewColors>(color.ToString()))))]),
        new(ChangeKind.EnumNameRenamed, "enum-name-renamed",
            [new(new WasEvent.EnumNameRenamed(OldColors.Green), new NowEvent.EnumNameRenamed(OtherColors.Lime))],
            [new(new NowEvent.EnumNameRenamed(OtherColors.Lime), new WasEvent.EnumNameRenamed(OldColors.Green))]),
        new(ChangeKind.EnumBecameFlags, "enum-became-flags",
            [.. Enum.GetValues<PlainRights>().Select(rights => new Sample(new WasEvent.EnumBecameFlags(rights), new NowEvent.EnumBecameFlags((FlagRights)rights)))],
            [new(new NowEvent.EnumBecameFlags(FlagRights.Read | FlagRights.Write), null)]),
        new(ChangeKind.FlagsBecameEnum, "flags-became-enum",
            [new(new WasEvent.FlagsBecameEnum(FlagRights.Read | FlagRights.Write), null)],
            [.. Enum.GetValues<PlainRights>().Select(rights => new Sample(new NowEvent.FlagsBecameEnum(rights), new WasEvent.FlagsBecameEnum((FlagRights)rights)))]),
        new(ChangeKind.EnumStoredByNumber, "enum-stored-by-number",
            [new(new WasEvent.EnumStoredByNumber(OldLevel.High), new NowEvent.EnumStoredByNumber(NumberedLevel.High))],
            [new(new NowEvent.EnumStoredByNumber(NumberedLevel.High), new WasEvent.EnumStoredByNumber(OldLevel.High))]),

        new(ChangeKind.UnionCaseAdded, "union-case-added",
            [new(new WasEvent.UnionCaseAdded(new OldCard("4")), new NowEvent.UnionCaseAdded(new NewCard("4"))), new(new WasEvent.UnionCaseAdded(new OldCash()), new NowEvent.UnionCaseAdded(new NewCash()))],
            [new(new NowEvent.UnionCaseAdded(new NewCheque()), null)]),
        new(ChangeKind.UnionCaseRemoved, "union-case-removed",
            [new(new WasEvent.UnionCaseRemoved(new NewCheque()), null)],
            [new(new NowEvent.UnionCaseRemoved(new OldCard("4")), new WasEvent.UnionCaseRemoved(new NewCard("4"))), new(new NowEvent.UnionCaseRemoved(new OldCash()), new WasEvent.UnionCaseRemoved(new NewCash()))]),
        new(ChangeKind.UnionCaseRenamed, "union-case-renamed",
            [new(new WasEvent.UnionCaseRenamed(new OldCash()), new NowEvent.UnionCaseRenamed(new OtherCash()))],
            [new(new NowEvent.UnionCaseRenamed(new OtherCash()), new WasEvent.UnionCaseRenamed(new OldCash()))]),

        new(ChangeKind.RequiredMemberAdded, "nested-member-added",
            [new(new WasEvent.NestedMemberAdded([new OldLine("s-1")]), null)],
            [new(new NowEvent.NestedMemberAdded([new NewLine("s-1", 2)]), new WasEvent.NestedMemberAdded([new OldLine("s-1")]))]),
        new(ChangeKind.NumberNarrowed, "nested-number-narrowed",
            [new(new WasEvent.NestedNumberNarrowed(Trees(new OldTree(1, [new OldTree(long.MaxValue, [])]))), null)],
            [new(new NowEvent.NestedNumberNarrowed(Trees(new NewTree(1, [new NewTree(int.MaxValue, [])]))), new WasEvent.NestedNumberNarrowed(Trees(new OldTree(1, [new OldTree(int.MaxValue, [])]))))]),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Event)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_verdict_is_what_happens(string name)
    {
        var row = Rows.Single(row => row.Event == name);
        var (was, now) = (Was.Events.Single(e => e.Name == name), Now.Events.Single(e => e.Name == name));
        var changes = SchemaComparison.Compare(row.Locked(Proof.Of("was", name)), Proof.Of("now", name));

        var verdict = ChangeTable.Of(row.Kind);
        Assert.Equal(row.Kind is ChangeKind.MembersReordered or ChangeKind.ClassBecameRecord ? [] : [row.Kind], Meaning(changes).Select(change => change.Kind));
        Assert.Equal(verdict.Read == Verdict.Safe, row.Read.All(sample => Proof.Reads(now, was, sample.Written, sample.Meant)));
        Assert.Equal(verdict.Rollout == Verdict.Safe, row.Rollout.All(sample => Proof.Reads(was, now, sample.Written, sample.Meant)));
    }

    /// <summary>All rows but those of numbers, texts, events and versions, which have proofs of their own.</summary>
    [Fact]
    public void Every_row_of_the_table_is_proven() => Assert.Equal(
        ChangeTable.Rows.Select(row => row.Kind).Order(),
        Rows.Select(row => row.Kind).Concat(ScalarTests.Proven).Concat(EventTests.Proven).Distinct().Order());

    [Fact]
    public void Every_kind_has_one_row_in_the_order_of_the_enum() => Assert.Equal(Enum.GetValues<ChangeKind>(), ChangeTable.Rows.Select(row => row.Kind));

    // A rename of a type or property changes nothing, unless that is the row.
    internal static IEnumerable<SchemaChange> Meaning(IReadOnlyList<SchemaChange> changes) =>
        changes.Any(change => change.Path.Length > 0 && change.Kind != ChangeKind.ClrNameChanged) || changes.All(change => change.Path.Length == 0)
            ? changes.Where(change => change.Kind != ChangeKind.ClrNameChanged)
            : changes.Where(change => change.Path.Length > 0 && !change.Path.Contains('.', StringComparison.Ordinal) && change.Before == "Tool");

    private static ImmutableDictionary<string, T> Trees<T>(T tree) => ImmutableDictionary<string, T>.Empty.Add("oak", tree);

    private sealed record Sample(object Written, object? Meant);

    private sealed record Row(ChangeKind Kind, string Event, Sample[] Read, Sample[] Rollout)
    {
        public Func<SchemaLock, SchemaLock> Locked { get; init; } = static locked => locked;
    }
}
