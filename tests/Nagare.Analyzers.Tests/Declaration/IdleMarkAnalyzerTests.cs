using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.IdleMarkAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class IdleMarkAnalyzerTests
{
    [Fact]
    public Task A_rule_that_the_model_cannot_call_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        public static class Rules
        {
            [Invariant("a", "A.")] static InvariantResult {|NAG0012:Hidden|}(RunEvent.Started e) => InvariantResult.Holds;
            [Invariant("b", "B.")] public static bool {|NAG0012:NoResult|}(RunEvent.Started e) => true;
            [Invariant("c", "C.")] public static InvariantResult {|NAG0012:OfText|}(string text) => InvariantResult.Holds;
            [Invariant("d", "D.")] public static InvariantResult {|NAG0012:TooMuch|}(RunEvent.Started e, int n) => InvariantResult.Holds;
        }
        public sealed class MoreRules
        {
            [Invariant("e", "E.")] public InvariantResult {|NAG0012:Instance|}(RunEvent.Started e) => InvariantResult.Holds;
        }
        """);

    [Fact]
    public Task Marks_on_types_that_are_nothing_of_the_kind_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Aggregate] public sealed partial record {|NAG0012:Run|};
        [Explainer] public sealed partial class {|NAG0012:Words|};
        [Invariant] public sealed class {|NAG0012:Quick|};
        """);

    [Fact]
    public Task Ignoring_an_event_of_another_family_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [EventFamily("bill")] public abstract partial record BillEvent { [Event] public sealed record Paid : BillEvent; }
        [Aggregate(IgnoreRest = true), Ignores<BillEvent.Paid>] public sealed partial record {|NAG0012:Run|} : IAggregate<Run, RunEvent>;
        """);

    [Fact]
    public Task Marks_that_work_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Aggregate, Ignores<RunEvent.Failed>, Ignores<RunEvent.Started>] public sealed partial record Run : IAggregate<Run, RunEvent>;
        [Command("stop")] public sealed record Stop : ICommand<Run>;
        [Explainer] public sealed partial class Words : IEventExplainer<RunEvent>;
        internal static class Rules
        {
            [Invariant("a", "A.")] internal static InvariantResult OfEvent(RunEvent.Started e) => InvariantResult.Holds;
            [Invariant("b", "B.")] public static InvariantResult OfState(Run run, Envelope at) => InvariantResult.Holds;
            [Invariant("c", "C.")] public static InvariantResult OfFamily(RunEvent e) => InvariantResult.Holds;
        }
        """);
}
