using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.PastEventDeclarationAnalyzer, Nagare.CodeFixes.PastEventDeclarationCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class PastEventDeclarationCodeFixTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record A(string Text) : RunEvent;
        }

        """;

    [Theory]
    [InlineData("public abstract record {|NAG2005:AV1|}(string Text);", "public sealed record AV1(string Text);")]
    [InlineData("private sealed record {|NAG2005:AV1|}(string Text);", "internal sealed record AV1(string Text);")]
    [InlineData("sealed record {|NAG2005:AV1|}(string Text);", "internal sealed record AV1(string Text);")]
    [InlineData("record {|NAG2005:AV1|}(string Text);", "internal record AV1(string Text);")]
    public Task Words_in_the_way_are_put_right(string before, string after) => Check.Makes("NAG2005.Fix", [History(before)], [History(after)]);

    [Theory]
    [InlineData("public abstract record {|NAG2005:AV1|}(string Text); public sealed record More(string Text) : AV1(Text);")]
    [InlineData("public sealed record {|NAG2005:AV1|}<T>(T Text);")]
    public Task What_no_machine_can_know_is_left_alone(string record) => Check.OffersNothing(History(record));

    private static string History(string record) => $"{Family}public static class History\n{{\n    [PastEvent<RunEvent>(\"a\", 1)] {record}\n}}\n";
}
