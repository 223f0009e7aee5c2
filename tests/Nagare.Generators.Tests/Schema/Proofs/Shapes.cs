using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>The shapes of yesterday's build. Each event stands under the same name in <see cref="NowEvent"/>, changed in one way.</summary>
[EventFamily("was", Json = typeof(ProofJson))]
public abstract partial record WasEvent
{
    [Event] public sealed record NullableMemberAdded(string Tool) : WasEvent;
    [Event] public sealed record DefaultedMemberAdded(string Tool) : WasEvent;
    [Event] public sealed record RequiredMemberAdded(string Tool) : WasEvent;
    [Event] public sealed record OptionalMemberRemoved(string Tool, string? Note) : WasEvent;
    [Event] public sealed record RequiredMemberRemoved(string Tool, int Calls) : WasEvent;
    [Event] public sealed record MemberRenamed(string? Note) : WasEvent;
    [Event] public sealed record MemberCaseChanged([property: JsonPropertyName("userid")] string? UserId) : WasEvent;
    [Event] public sealed record RetiredNameUsed(string Tool, string? Note) : WasEvent;
    [Event] public sealed record ClrNameChanged(string Tool) : WasEvent;
    [Event] public sealed record MembersReordered(string Tool, int Calls) : WasEvent;
    [Event] public sealed record ClassBecameRecord(OldPart Part) : WasEvent;

    [Event] public sealed record NumberBecameText(int Calls) : WasEvent;
    [Event] public sealed record TextBecameNumber(string Calls) : WasEvent;
    [Event] public sealed record ScalarBecameList(string Tool) : WasEvent;
    [Event] public sealed record ListBecameScalar(ImmutableArray<string> Tool) : WasEvent;
    [Event] public sealed record DateTimeBecameDateTimeOffset(DateTime At) : WasEvent;
    [Event] public sealed record DateTimeOffsetBecameDateTime(DateTimeOffset At) : WasEvent;
    [Event] public sealed record TypeChanged(bool Flag) : WasEvent;
    [Event] public sealed record OpaqueTypeChanged(Uri Site) : WasEvent;

    [Event] public sealed record ValueMadeNullable(int Calls) : WasEvent;
    [Event] public sealed record ReferenceMadeNullable(string Tool) : WasEvent;
    [Event] public sealed record ValueMadeRequired(int? Calls) : WasEvent;
    [Event] public sealed record ReferenceMadeRequired(string? Tool) : WasEvent;
    [Event] public sealed record MemberMadeOptional(int Calls) : WasEvent;
    [Event] public sealed record MemberMadeRequired(int Calls = 0) : WasEvent;
    [Event] public sealed record DefaultChanged(int Calls = 0) : WasEvent;
    [Event]
    public sealed record InitializerChanged : WasEvent
    {
        public int Calls { get; init; } = 3;
    }

    [Event] public sealed record NullOmitted(string? Note) : WasEvent;
    [Event] public sealed record ValueOmitted(int Calls = 7) : WasEvent;
    [Event] public sealed record OmissionEnded([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note) : WasEvent;

    [Event] public sealed record EnumNameAdded(OldColors Color) : WasEvent;
    [Event] public sealed record EnumNameRemoved(NewColors Color) : WasEvent;
    [Event] public sealed record EnumNameRenamed(OldColors Color) : WasEvent;
    [Event] public sealed record EnumBecameFlags(PlainRights Rights) : WasEvent;
    [Event] public sealed record FlagsBecameEnum(FlagRights Rights) : WasEvent;
    [Event] public sealed record EnumStoredByNumber(OldLevel Level) : WasEvent;

    [Event] public sealed record UnionCaseAdded(OldPayment Payment) : WasEvent;
    [Event] public sealed record UnionCaseRemoved(NewPayment Payment) : WasEvent;
    [Event] public sealed record UnionCaseRenamed(OldPayment Payment) : WasEvent;

    [Event] public sealed record NestedMemberAdded(ImmutableArray<OldLine> Lines) : WasEvent;
    [Event] public sealed record NestedNumberNarrowed(ImmutableDictionary<string, OldTree> Trees) : WasEvent;

    [Event] public sealed record MemberRenamedWithFormerName(string Note) : WasEvent;
    [Event] public sealed record EnumNameRenamedWithFormerName(OldColors Color) : WasEvent;

    [Event] public sealed record EventRemoved(string Tool) : WasEvent;
    [Event] public sealed record EventRetired(string Tool) : WasEvent;
    [Event("renamed-from")] public sealed record EventRenamedWithFormerName(string Tool) : WasEvent;
    [Event("version-bumped-with-upcaster", Version = 1)] public sealed record Upcast(string Tool) : WasEvent;
    [Event] public sealed record EventRenamed(string Reason, int Calls) : WasEvent;
    [Event("version-bumped-without-upcaster", Version = 1)] public sealed record VersionBumped(string Tool) : WasEvent;
#pragma warning disable NAG2001 // The build before had its history elsewhere.
    [Event("version-lowered", Version = 2)] public sealed record VersionLowered(string Tool) : WasEvent;
#pragma warning restore NAG2001
}

/// <summary>The shapes of today's build.</summary>
[EventFamily("now", Json = typeof(ProofJson))]
public abstract partial record NowEvent
{
    [Event] public sealed record NullableMemberAdded(string Tool, string? Note) : NowEvent;
    [Event] public sealed record DefaultedMemberAdded(string Tool, int Calls = 1) : NowEvent;
    [Event] public sealed record RequiredMemberAdded(string Tool, int Calls) : NowEvent;
    [Event] public sealed record OptionalMemberRemoved(string Tool) : NowEvent;
    [Event] public sealed record RequiredMemberRemoved(string Tool) : NowEvent;
    [Event] public sealed record MemberRenamed(string? Remark) : NowEvent;
    [Event] public sealed record MemberCaseChanged(string? UserId) : NowEvent;
    [Event] public sealed record RetiredNameUsed(string Tool, string? Note) : NowEvent;
    [Event] public sealed record ClrNameChanged([property: JsonPropertyName("tool")] string Instrument) : NowEvent;
    [Event] public sealed record MembersReordered(int Calls, string Tool) : NowEvent;
    [Event] public sealed record ClassBecameRecord(NewPart Part) : NowEvent;

    [Event] public sealed record NumberBecameText(string Calls) : NowEvent;
    [Event] public sealed record TextBecameNumber(int Calls) : NowEvent;
    [Event] public sealed record ScalarBecameList(ImmutableArray<string> Tool) : NowEvent;
    [Event] public sealed record ListBecameScalar(string Tool) : NowEvent;
    [Event] public sealed record DateTimeBecameDateTimeOffset(DateTimeOffset At) : NowEvent;
    [Event] public sealed record DateTimeOffsetBecameDateTime(DateTime At) : NowEvent;
    [Event] public sealed record TypeChanged(OldPart Flag) : NowEvent;
    [Event] public sealed record OpaqueTypeChanged(Version Site) : NowEvent;

    [Event] public sealed record ValueMadeNullable(int? Calls) : NowEvent;
    [Event] public sealed record ReferenceMadeNullable(string? Tool) : NowEvent;
    [Event] public sealed record ValueMadeRequired(int Calls) : NowEvent;
    [Event] public sealed record ReferenceMadeRequired(string Tool) : NowEvent;
    [Event] public sealed record MemberMadeOptional(int Calls = 0) : NowEvent;
    [Event] public sealed record MemberMadeRequired(int Calls) : NowEvent;
    [Event] public sealed record DefaultChanged(int Calls = 5) : NowEvent;
    [Event]
    public sealed record InitializerChanged : NowEvent
    {
        public int Calls { get; init; } = 4;
    }

    [Event] public sealed record NullOmitted([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note) : NowEvent;
    [Event] public sealed record ValueOmitted([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Calls = 7) : NowEvent;
    [Event] public sealed record OmissionEnded(string? Note) : NowEvent;

    [Event] public sealed record EnumNameAdded(NewColors Color) : NowEvent;
    [Event] public sealed record EnumNameRemoved(OldColors Color) : NowEvent;
    [Event] public sealed record EnumNameRenamed(OtherColors Color) : NowEvent;
    [Event] public sealed record EnumBecameFlags(FlagRights Rights) : NowEvent;
    [Event] public sealed record FlagsBecameEnum(PlainRights Rights) : NowEvent;
#pragma warning disable NAG0014 // The row that is refused.
    [Event] public sealed record EnumStoredByNumber(NumberedLevel Level) : NowEvent;
#pragma warning restore NAG0014

    [Event] public sealed record UnionCaseAdded(NewPayment Payment) : NowEvent;
    [Event] public sealed record UnionCaseRemoved(OldPayment Payment) : NowEvent;
    [Event] public sealed record UnionCaseRenamed(OtherPayment Payment) : NowEvent;

    [Event] public sealed record NestedMemberAdded(ImmutableArray<NewLine> Lines) : NowEvent;
    [Event] public sealed record NestedNumberNarrowed(ImmutableDictionary<string, NewTree> Trees) : NowEvent;

    [Event] public sealed record MemberRenamedWithFormerName([FormerName("note")] string Remark) : NowEvent;
    [Event] public sealed record EnumNameRenamedWithFormerName(FormerColors Color) : NowEvent;

    [Event] public sealed record EventAdded(string Tool) : NowEvent;
    [Event("renamed-to"), FormerName("renamed-from")] public sealed record EventRenamedWithFormerName(string Tool) : NowEvent;
    [Event("version-bumped-with-upcaster", Version = 2)] public sealed record Upcast(string Tool, int Calls) : NowEvent;
    [Event("event-renamed-to")] public sealed record EventRenamed(string Reason, int Calls) : NowEvent;
#pragma warning disable NAG2001 // The row without an upcaster.
    [Event("version-bumped-without-upcaster", Version = 2)] public sealed record VersionBumped(string Tool) : NowEvent;
#pragma warning restore NAG2001
    [Event("version-lowered", Version = 1)] public sealed record VersionLowered(string Tool) : NowEvent;
}

[PastEvent<NowEvent>("version-bumped-with-upcaster", 1)]
public sealed record UpcastV1(string Tool);

[PastEvent<NowEvent>("event-retired", 1)]
public sealed record EventRetiredV1(string Tool);

[PastEvent<NowEvent>("past-event-added", 1)]
public sealed record PastEventAddedV1(string Tool);

internal static class NowUpcasters
{
    [Upcaster]
    internal static NowEvent.Upcast Upcast(UpcastV1 old) => new(old.Tool, 1);

    [Upcaster]
    internal static IEnumerable<NowEvent> Upcast(EventRetiredV1 old) => [];

    [Upcaster]
    internal static NowEvent.Upcast Upcast(PastEventAddedV1 old) => new(old.Tool, 1);
}

public sealed class OldPart
{
    public string Name { get; set; } = "";
}

public sealed record NewPart(string Name = "");

public sealed record OldLine(string Sku);

public sealed record NewLine(string Sku, int Count);

public sealed record OldTree(long Weight, ImmutableArray<OldTree> Branches);

public sealed record NewTree(int Weight, ImmutableArray<NewTree> Branches);

public enum OldColors { Red, Green }

public enum NewColors { Red, Green, Blue }

public enum OtherColors { Red, Lime }

public enum FormerColors
{
    Red,

    [FormerName("Green")]
    Lime,
}

public enum PlainRights { None, Read, Write }

[Flags]
public enum FlagRights { None, Read, Write }

public enum OldLevel { Low, High }

[JsonConverter(typeof(JsonNumberEnumConverter<NumberedLevel>))]
public enum NumberedLevel { High, Low }

[JsonDerivedType(typeof(OldCard), "card")]
[JsonDerivedType(typeof(OldCash), "cash")]
public abstract record OldPayment;

public sealed record OldCard(string Number) : OldPayment;

public sealed record OldCash : OldPayment;

[JsonDerivedType(typeof(NewCard), "card")]
[JsonDerivedType(typeof(NewCash), "cash")]
[JsonDerivedType(typeof(NewCheque), "cheque")]
public abstract record NewPayment;

public sealed record NewCard(string Number) : NewPayment;

public sealed record NewCash : NewPayment;

public sealed record NewCheque : NewPayment;

[JsonDerivedType(typeof(OtherCard), "card")]
[JsonDerivedType(typeof(OtherCash), "coins")]
public abstract record OtherPayment;

public sealed record OtherCard(string Number) : OtherPayment;

public sealed record OtherCash : OtherPayment;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Uri))]
[JsonSerializable(typeof(Version))]
[JsonSerializable(typeof(NumberedLevel))]
[JsonSerializable(typeof(OldPayment))]
[JsonSerializable(typeof(NewPayment))]
[JsonSerializable(typeof(OtherPayment))]
internal sealed partial class ProofJson : JsonSerializerContext;
