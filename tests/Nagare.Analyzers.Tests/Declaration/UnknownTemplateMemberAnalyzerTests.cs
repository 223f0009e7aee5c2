using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnknownTemplateMemberAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnknownTemplateMemberAnalyzerTests
{
    [Fact]
    public Task A_hole_that_names_no_member_is_found_where_it_stands() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, Explain("Called {|NAG0013:{Tol}|}", "{Thought:0.0} of {|NAG0013:{Step.Nme}|}", Tags = ["tool={|NAG0013:{toolname}|}"])]
            public sealed record Called(string Tool, string Thought, string ToolName, Step Step) : RunEvent;
        }
        public sealed record Step(string Name);
        """);

    [Fact]
    public Task A_template_made_of_constants_is_shown_at_the_attribute() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            private const string Title = "Called {Too}";
            [Event, {|NAG0013:Explain(Title)|}] public sealed record Called(string Tool) : RunEvent;
        }
        """);

    [Fact]
    public Task Positional_holes_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, Explain("Called {|NAG0013:{0}|}")] public sealed record Called(string Tool) : RunEvent;
        }
        """);

    [Fact]
    public Task Members_of_members_formats_and_doubled_braces_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, Explain("Called {Tool}", "{Step.Name} {Cost:0.00} {At:u} {{Tol}} {Took.TotalSeconds}", Detail = "{ \"json\": 1 }", Actor = "{Step.Name}")]
            public sealed record Called(string Tool, Step Step, decimal? Cost, DateTimeOffset At, TimeSpan? Took) : RunEvent;
        }
        public sealed record Step(string Name);
        """);

    [Fact]
    public Task Members_of_a_group_are_known() => Check.Finds("""
        [EventFamily("run")] public abstract partial record RunEvent;
        public abstract record ToolEvent(string Tool) : RunEvent;
        [Event, Explain("Called {Tool}")] public sealed record Called(string Tool) : ToolEvent(Tool);
        """);
}
