using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema;

public class UpdateTests
{
    private const string Head = "nagare-schema 1\n\nfamily shop\n\n";

    [Fact]
    public void A_type_that_takes_the_place_of_a_sealed_one_is_sealed_and_what_is_new_is_not()
    {
        var locked = SchemaLock.Parse(Head + "event shop placed 1 sealed\n  member kind enum kind\n\nenum kind sealed\n  name A\n  name B\n");
        var current = SchemaLock.Parse(Head + """
            event shop placed 1 draft past
              member kind enum kind-v1

            event shop placed 2 draft
              member kind enum kind

            enum kind draft
              name A

            enum kind-v1 draft
              name A
              name B

            """);

        var updated = SchemaUpdate.All(locked, current);

        Assert.Equal((false, true), (updated.Type("kind-v1")!.IsDraft, updated.Events.Single(e => e.Version == 2).IsDraft));
        Assert.True(updated.Types.Single(type => type.Label == updated.Events.Single(e => e.Version == 2).Members[0].Value.Name).IsDraft);
        Assert.Equal(updated.ToString(), SchemaUpdate.All(updated, current).ToString());
    }

    [Theory]
    [InlineData("opaque uri", "json", ChangeKind.TypeWidened)]
    [InlineData("union payment", "json", ChangeKind.TypeWidened)]
    [InlineData("json", "opaque uri", ChangeKind.OpaqueTypeChanged)]
    public void Json_reads_what_the_compiler_cannot_see_through(string before, string after, object kind) => Assert.Equal(
        kind,
        Assert.Single(SchemaComparison.Compare(With(before), With(after))).Kind);

    [Fact]
    public void What_is_history_endangers_no_rollout()
    {
        var change = Assert.Single(SchemaComparison.Compare(
            SchemaLock.Parse(Head + "event shop placed 1 sealed past\n  member count int32\n"),
            SchemaLock.Parse(Head + "event shop placed 1 draft past\n  member count int64\n")));

        Assert.Equal((ChangeKind.NumberWidened, Verdict.Breaks, false), (change.Kind, change.Row.Rollout, change.BreaksRollout));
    }

    private static SchemaLock With(string type) =>
        SchemaLock.Parse($"{Head}event shop placed 1 sealed\n  member payment {type}\n\nunion payment sealed\n  case card\n");
}
