using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UpcasterSignatureAnalyzer, Nagare.CodeFixes.UpcasterSignatureCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UpcasterSignatureCodeFixTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record A(string Text) : RunEvent;
        }

        [PastEvent<RunEvent>("a", 1)] public sealed record AV1(string Text);

        """;

    [Theory]
    [InlineData("[Upcaster] RunEvent.A {|NAG2004:Up|}(AV1 old) => new(old.Text);", "[Upcaster] internal static RunEvent.A Up(AV1 old) => new(old.Text);")]
    [InlineData("[Upcaster] public RunEvent.A {|NAG2004:Up|}(AV1 old) => new(old.Text.Trim());", "[Upcaster] public static RunEvent.A Up(AV1 old) => new(old.Text.Trim());")]
    [InlineData("// Why not.\n    [Upcaster]\n    private static RunEvent.A {|NAG2004:Up|}(AV1 old) => new(old.Text);", "// Why not.\n    [Upcaster]\n    internal static RunEvent.A Up(AV1 old) => new(old.Text);")]
    [InlineData("[Upcaster(\"a\", 1)] internal static RunEvent.A {|NAG2004:Up|}(AV1 old) => new(old.Text);", "[Upcaster] internal static RunEvent.A Up(AV1 old) => new(old.Text);")]
    public Task Words_in_the_way_are_put_right(string before, string after) => Check.Makes("NAG2004.Fix", [History(before)], [History(after)]);

    [Theory]
    [InlineData("private string _prefix = \"\"; [Upcaster] public RunEvent.A {|NAG2004:Up|}(AV1 old) => new(_prefix + old.Text);")]
    [InlineData("private string Prefix(string text) => text; [Upcaster] public RunEvent.A {|NAG2004:Up|}(AV1 old) => new(this.Prefix(old.Text));")]
    [InlineData("[Upcaster] internal static string {|NAG2004:Up|}(AV1 old) => old.Text;")]
    [InlineData("[Upcaster] internal static RunEvent.A {|NAG2004:Up|}(string old) => new(old);")]
    public Task What_no_machine_can_know_is_left_alone(string method) => Check.OffersNothing(History(method));

    private static string History(string method) => $"{Family}public class History\n{{\n    {method}\n}}\n";
}
