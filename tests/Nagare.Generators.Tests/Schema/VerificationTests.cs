using CsCheck;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema;

/// <summary>The gate: what is compared with the base cannot be talked away in the lock. And how a lock follows the code.</summary>
public class VerificationTests
{
    private const string Base = """
        nagare-schema 1

        family run
          retired heartbeat

        event run called 1 sealed
          member calls int64
          member tool string
          retired note

        """;

    private static readonly SchemaLock Origin = SchemaLock.Parse(Base);

    [Fact]
    public void Code_that_says_what_the_base_says_passes() => Assert.Empty(Verify(Base, Base));

    [Fact]
    public void A_deleted_lock_is_found() => Assert.Equal(
        ["nagare.schema is missing, and the base has it: run 'nagare schema update'"],
        SchemaVerification.Verify(Origin, null, Origin));

    [Fact]
    public void A_project_without_events_needs_no_lock() => Assert.Empty(SchemaVerification.Verify(null, null, SchemaLock.Empty));

    [Fact]
    public void A_sealed_line_that_was_edited_to_fit_a_break_hides_nothing()
    {
        var edited = Base.Replace("calls int64", "calls int32", StringComparison.Ordinal);

        Assert.StartsWith("run/called version 1, calls: number narrowed", Assert.Single(Verify(edited, edited)));
    }

    [Fact]
    public void A_sealed_entry_that_became_a_draft_hides_nothing()
    {
        var draft = Base.Replace("sealed", "draft", StringComparison.Ordinal).Replace("calls int64", "calls string", StringComparison.Ordinal);

        Assert.StartsWith("run/called version 1, calls: number → string", Assert.Single(Verify(draft, draft)));
    }

    [Fact]
    public void Lines_that_were_taken_away_are_found()
    {
        var without = Base.Replace("  retired heartbeat\n", "", StringComparison.Ordinal).Replace("  retired note\n", "", StringComparison.Ordinal);

        Assert.Equal(
            [
                "run: the line 'retired heartbeat' was taken from nagare.schema; put it back, retired names stay for ever",
                "run/called version 1: the line 'retired note' was taken from nagare.schema; put it back, retired names stay for ever",
            ],
            Verify(without, without));
    }

    [Fact]
    public void An_entry_that_was_taken_away_with_its_event_is_found_twice()
    {
        const string Nothing = "nagare-schema 1\n\nfamily run\n  retired called\n  retired heartbeat\n";

        var findings = Verify(Nothing, Nothing);
        Assert.Equal(2, findings.Count);
        Assert.StartsWith("run/called version 1: event removed", findings[0]);
        Assert.Equal("run/called version 1: the line 'event run called 1 sealed' was taken from nagare.schema; put it back", findings[1]);
    }

    [Fact]
    public void A_member_that_the_head_retires_is_no_half_of_a_rename()
    {
        var current = Base.Replace("  member tool string\n", "  member instrument string? optional\n", StringComparison.Ordinal);
        var head = current.Replace("  retired note\n", "  retired note\n  retired tool\n", StringComparison.Ordinal);

        Assert.Empty(Verify(head, current));
    }

    [Fact]
    public void A_lock_that_is_behind_the_code_is_found() => Assert.EndsWith(
        "the lock does not have it; run 'nagare schema update'",
        Assert.Single(Verify(Base, Base.Replace("  member tool string\n", "  member tool string\n  member when datetimeoffset? optional\n", StringComparison.Ordinal))));

    [Fact]
    public void Updating_an_empty_lock_writes_the_code_as_drafts() => Schemas.Any.Sample(schema =>
    {
        var updated = SchemaUpdate.All(SchemaLock.Empty, schema);
        Assert.All(updated.Events, e => Assert.True(e.IsDraft));
        Assert.Empty(SchemaComparison.Compare(updated, schema.Normalized()).Where(change => change.Kind is not (ChangeKind.EnumStoredByNumber or ChangeKind.RetiredNameUsed or ChangeKind.EventRetired)));
    });

    [Fact]
    public void Updating_never_takes_over_what_breaks_a_sealed_entry() => Schemas.Any.Select(Schemas.Any).Sample((one, other) =>
    {
        var locked = one.Normalized().Seal();
        var breaks = SchemaComparison.Compare(locked, other).Where(change => change.BreaksRead).Select(change => (change.Family, change.Event, change.Version)).ToHashSet();
        var updated = SchemaUpdate.All(locked, other);
        Assert.All(locked.Events.Where(e => breaks.Contains((e.Family, e.Name, e.Version)) && other.Event(e.Family, e.Name, e.Version) is not null), e => Assert.NotNull(updated.Event(e.Family, e.Name, e.Version)));
    });

    private static IReadOnlyList<string> Verify(string head, string current) => SchemaVerification.Verify(Origin, SchemaLock.Parse(head), Code(SchemaLock.Parse(current)));

    // Code has no retired names: it is the lock that remembers.
    private static SchemaLock Code(SchemaLock schema) => schema with
    {
        Families = schema.Families.Select(family => family with { Retired = default }).ToEquatableArray(),
        Events = schema.Events.Select(e => e with { Retired = default }).ToEquatableArray(),
    };
}
