using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.MutableEventAnalyzer, Nagare.CodeFixes.MutableEventCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class MutableEventCodeFixTests
{
    [Fact]
    public Task Setters_become_init() => Check.Makes(
        "NAG0004.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event]
                public sealed record Started : RunEvent
                {
                    public string {|NAG0004:Prompt|} { get; set; } = "";
                    public required int {|NAG0004:Steps|} { get; set; }
                }
            }
            """],
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event]
                public sealed record Started : RunEvent
                {
                    public string Prompt { get; init; } = "";
                    public required int Steps { get; init; }
                }
            }
            """]);

    [Fact]
    public Task A_private_setter_is_left() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent { public int {|NAG0004:Steps|} { get; private set; } }
        }
        """);
}
