using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.RepeatedNameAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class RepeatedNameAnalyzerTests
{
    [Fact]
    public Task Two_events_of_one_name_are_found_both() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG0008:ToolFailed|}(string Tool) : RunEvent;
            [Event("tool-failed")] public sealed record {|NAG0008:Broke|}(string Tool) : RunEvent;
        }
        """);

    [Fact]
    public Task Two_types_whose_names_are_alike_in_kebab_case_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        namespace A { [Event] public sealed record {|NAG0008:Started|} : RunEvent; }
        namespace B { [Event] public sealed record {|NAG0008:Started|} : RunEvent; }
        """);

    [Fact]
    public Task Two_families_and_two_commands_are_found() => Check.Finds("""
        [EventFamily("run")] public abstract partial record {|NAG0008:RunEvent|};
        [EventFamily("run")] public abstract partial record {|NAG0008:Other|};
        [Aggregate(IgnoreRest = true)] public sealed partial record Run : IAggregate<Run, RunEvent>;
        [Command("stop")] public sealed record {|NAG0008:Stop|} : ICommand<Run>;
        [Command("stop")] public sealed record {|NAG0008:Halt|} : ICommand<Run>;
        """);

    [Fact]
    public Task One_name_in_two_families_or_versions_is_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent;
            [Event("started", Version = 2)] public sealed record StartedAgain : RunEvent;
        }
        [EventFamily("bill")]
        public abstract partial record BillEvent
        {
            [Event] public sealed record Started : BillEvent;
        }
        """);
}
