using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.MutableEventAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class MutableEventAnalyzerTests
{
    [Fact]
    public Task A_setter_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent { public string {|NAG0004:Prompt|} { get; set; } = ""; }
        }
        """);

    [Fact]
    public Task A_private_setter_and_fields_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent
            {
                public string {|NAG0004:Prompt|} { get; private set; } = "";
                public int {|NAG0004:Steps|};
                private int {|NAG0004:_count|};
            }
        }
        """);

    [Fact]
    public Task What_a_group_or_the_base_declares_is_found_once() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            public string? {|NAG0004:Note|} { get; set; }
        }
        [Event] public sealed record Started : RunEvent;
        [Event] public sealed record Ended : RunEvent;
        """);

    [Fact]
    public Task Init_and_computed_members_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent
            {
                private static int s_made;
                private const int Longest = 10;
                private readonly int _length = Prompt.Length;
                public required string Model { get; init; }
                public bool IsLong => Prompt.Length > Longest;
                public int Length { get; } = Prompt.Length;
            }
        }
        """);

    [Fact]
    public Task A_mutable_state_is_no_event() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent> { public int Steps { get; set; } }
        public sealed record Draft { public string Text { get; set; } = ""; }
        """);
}
