using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UnknownTemplateMemberAnalyzer, Nagare.CodeFixes.UnknownTemplateMemberCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UnknownTemplateMemberCodeFixTests
{
    [Fact]
    public Task Names_are_put_right() => Check.Makes(
        "NAG0013.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event, Explain("Called {|NAG0013:{toolName:0}|}", "{|NAG0013:{Thougt}|}")]
                public sealed record Called(string ToolName, string Thought) : RunEvent;
            }
            """],
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event, Explain("Called {ToolName:0}", "{Thought}")]
                public sealed record Called(string ToolName, string Thought) : RunEvent;
            }
            """]);

    [Fact]
    public Task A_name_that_is_like_no_other_is_left() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, Explain("Called {|NAG0013:{Whatever}|}")] public sealed record Called(string ToolName) : RunEvent;
        }
        """);
}
