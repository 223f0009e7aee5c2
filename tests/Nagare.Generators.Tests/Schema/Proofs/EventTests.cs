using Nagare.Generated;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>Rows about events as a whole: whether a build's model finds a way from what another build stored to an event of its own.</summary>
public class EventTests
{
    private static readonly EventFamily Was = Nagare_Generators_Tests_Schema_Proofs_WasEventFamily.Value;
    private static readonly EventFamily Now = Nagare_Generators_Tests_Schema_Proofs_NowEventFamily.Value;

    private static readonly (ChangeKind Kind, string Was, string[] Now)[] Rows =
    [
        (ChangeKind.EventAdded, "", ["event-added"]),
        (ChangeKind.PastEventAdded, "", ["past-event-added"]),
        (ChangeKind.EventRemoved, "event-removed", []),
        (ChangeKind.EventRetired, "event-retired", ["event-retired"]),
        (ChangeKind.EventRenamed, "event-renamed", ["event-renamed-to"]),
        (ChangeKind.EventRenamedWithFormerName, "renamed-from", ["renamed-to"]),
        (ChangeKind.VersionBumpedWithUpcaster, "version-bumped-with-upcaster", ["version-bumped-with-upcaster"]),
        (ChangeKind.VersionBumpedWithoutUpcaster, "version-bumped-without-upcaster", ["version-bumped-without-upcaster"]),
        (ChangeKind.VersionLowered, "version-lowered", ["version-lowered"]),
    ];

    /// <summary>The rows of the table that are proven here.</summary>
    internal static IEnumerable<ChangeKind> Proven => [.. Rows.Select(row => row.Kind), ChangeKind.FamilyRenamedWithFormerName];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void The_verdict_is_what_happens(int index)
    {
        var row = Rows[index];
        var change = Assert.Single(SchemaComparison.Compare(Proof.Of("was", row.Was), Proof.Of("now", row.Now)), change => change.Kind != ChangeKind.ClrNameChanged);

        Assert.Equal(row.Kind, change.Kind);
        Assert.Equal(change.Row.Read == Verdict.Safe, Was.Events.Where(e => e.Name == row.Was).All(stored => Reads(Now, stored)));
        Assert.Equal(change.Row.Rollout == Verdict.Safe, Now.Events.Where(e => row.Now.Contains(e.Name)).All(stored => Reads(Was, stored)));
    }

    [Fact]
    public void A_family_with_a_former_name_is_read_under_both_and_old_code_knows_one()
    {
        var was = Proof.Of("now", "event-added");
        var now = was with
        {
            Families = new([new SchemaFamily("renamed") { FormerNames = new(["proof"]) }]),
            Events = was.Events.Select(e => e with { Family = "renamed" }).ToEquatableArray(),
        };
        var change = Assert.Single(SchemaComparison.Compare(was, now));
        var renamed = Nagare_Generators_Tests_Schema_Proofs_RenamedEventFamily.Value;

        Assert.Equal(ChangeKind.FamilyRenamedWithFormerName, change.Kind);
        Assert.Equal(change.Row.Read == Verdict.Safe, renamed.IsStoredAs("proof"));
        Assert.Equal(change.Row.Rollout == Verdict.Safe, Was.IsStoredAs("renamed"));
    }

    // As a build of another shape finds it: by name, former name and version, today's records or the way of an upcaster.
    private static bool Reads(EventFamily reader, EventType stored) =>
        reader.Events.Any(e => (e.Name == stored.Name || e.FormerNames.Contains(stored.Name)) && e.SchemaVersion == stored.SchemaVersion)
        || reader.Past.Any(past => past.Name == stored.Name && past.SchemaVersion == stored.SchemaVersion);
}

/// <summary>A family that was called otherwise.</summary>
[EventFamily("renamed"), FormerName("proof")]
public abstract partial record RenamedEvent
{
    [Event] public sealed record Told(string Tool) : RenamedEvent;
}
