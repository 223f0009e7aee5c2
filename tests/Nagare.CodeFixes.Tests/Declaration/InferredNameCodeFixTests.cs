using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.InferredNameAnalyzer, Nagare.CodeFixes.InferredNameCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class InferredNameCodeFixTests
{
    [Fact]
    public Task Names_are_pinned_as_they_are_stored() => Check.Makes(
        "NAG0015.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record {|NAG0015:ToolFailed|} : RunEvent;
                [Explain("x"), Event(Version = 2)] public sealed record {|NAG0015:HTTPCalled|} : RunEvent;
                [Event()] public sealed record {|NAG0015:Ended|} : RunEvent;
            }
            """],
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event("tool-failed")] public sealed record ToolFailed : RunEvent;
                [Explain("x"), Event("http-called", Version = 2)] public sealed record HTTPCalled : RunEvent;
                [Event("ended")] public sealed record Ended : RunEvent;
            }
            """]);
}
