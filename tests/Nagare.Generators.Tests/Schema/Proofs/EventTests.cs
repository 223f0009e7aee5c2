using Nagare.Generated;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>Rows about events as a whole: whether a build's model finds a reader for what another build stored.</summary>
public class EventTests
{
    /// <summary>The rows of the table that are proven here.</summary>
    internal static readonly ChangeKind[] Proven =
    [
        ChangeKind.EventAdded, ChangeKind.EventRemoved, ChangeKind.EventRenamed, ChangeKind.VersionBumpedWithoutUpcaster, ChangeKind.VersionLowered,
    ];

    [Theory]
    [InlineData(ChangeKind.EventAdded, "", "event-added")]
    [InlineData(ChangeKind.EventRemoved, "event-removed", "")]
    [InlineData(ChangeKind.EventRenamed, "event-renamed", "event-renamed-to")]
    [InlineData(ChangeKind.VersionBumpedWithoutUpcaster, "version-bumped-without-upcaster", "version-bumped-without-upcaster")]
    [InlineData(ChangeKind.VersionLowered, "version-lowered", "version-lowered")]
    public void The_verdict_is_what_happens(object row, string was, string now)
    {
        var kind = (ChangeKind)row;
        var change = Assert.Single(SchemaComparison.Compare(Proof.Of("was", was), Proof.Of("now", now)));

        Assert.Equal(kind, change.Kind);
        Assert.Equal(change.Row.Read == Verdict.Safe, Reads(Nagare_Generators_Tests_Schema_Proofs_NowEventFamily.Value, Nagare_Generators_Tests_Schema_Proofs_WasEventFamily.Value, was));
        Assert.Equal(change.Row.Rollout == Verdict.Safe, Reads(Nagare_Generators_Tests_Schema_Proofs_WasEventFamily.Value, Nagare_Generators_Tests_Schema_Proofs_NowEventFamily.Value, now));
    }

    // What nothing stores is read by anybody.
    private static bool Reads(EventFamily reader, EventFamily writer, string name) =>
        writer.Events.Where(e => e.Name == name).All(stored => reader.Events.Any(e => e.Name == name && e.SchemaVersion == stored.SchemaVersion));
}
