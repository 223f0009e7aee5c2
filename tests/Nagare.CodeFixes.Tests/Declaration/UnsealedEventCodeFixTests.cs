using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UnsealedEventAnalyzer, Nagare.CodeFixes.UnsealedEventCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UnsealedEventCodeFixTests
{
    [Fact]
    public Task Every_event_is_sealed() => Check.Makes(
        "NAG0001.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                // What began.
                [Event] public record {|NAG0001:Started|}(string Prompt) : RunEvent;

                [Event]
                public record {|NAG0001:Ended|} : RunEvent;
                [Event] record {|NAG0001:Hidden|} : RunEvent;
            }
            """],
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                // What began.
                [Event] public sealed record Started(string Prompt) : RunEvent;

                [Event]
                public sealed record Ended : RunEvent;
                [Event] sealed record Hidden : RunEvent;
            }
            """]);

    [Fact]
    public Task What_something_derives_from_is_left() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public record {|NAG0001:Failed|} : RunEvent;
            public sealed record TimedOut : Failed;
        }
        """);
}
