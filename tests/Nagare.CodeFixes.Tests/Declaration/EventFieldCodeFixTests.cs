using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.EventFieldAnalyzer, Nagare.CodeFixes.EventFieldCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class EventFieldCodeFixTests
{
    [Fact]
    public Task Fields_become_properties() => Check.Makes(
        "NAG0005.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event]
                public sealed record Started : RunEvent
                {
                    // What was asked.
                    public readonly string {|NAG0005:Prompt|} = "";
                    public readonly int {|NAG0005:Steps|};
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
                    // What was asked.
                    public string Prompt { get; init; } = "";
                    public int Steps { get; init; }
                }
            }
            """]);
}
