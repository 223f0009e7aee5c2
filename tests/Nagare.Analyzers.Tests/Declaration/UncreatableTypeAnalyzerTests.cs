using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UncreatableTypeAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UncreatableTypeAnalyzerTests
{
    [Fact]
    public Task An_aggregate_with_values_to_fill_in_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        [Aggregate(IgnoreRest = true)] public sealed partial record {|NAG0009:Run|}(int Steps) : IAggregate<Run, RunEvent>;
        """);

    [Fact]
    public Task An_aggregate_with_a_required_member_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        [Aggregate(IgnoreRest = true)] public sealed partial class {|NAG0009:Run|} : IAggregate<Run, RunEvent> { public required int Steps { get; init; } }
        """);

    [Fact]
    public Task A_rule_or_explainer_that_nothing_can_make_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Invariant]
        public sealed class {|NAG0009:Quick|} : IBisectInvariant
        {
            private Quick() { }
            public string Name => "quick";
            public string Description => "Runs are quick.";
            public System.Threading.Tasks.ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => new(InvariantResult.Holds);
        }
        [Explainer]
        public abstract class {|NAG0009:RunExplainer|} : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new("Event");
        }
        """);

    [Fact]
    public Task What_can_be_made_is_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Aggregate(IgnoreRest = true)] public sealed partial record Run : IAggregate<Run, RunEvent>;
        [Aggregate(IgnoreRest = true)] public sealed partial record Defaulted(int Steps = 0) : IAggregate<Defaulted, RunEvent>;
        [Aggregate(IgnoreRest = true)] public sealed partial record ByHand(int Steps) : IAggregate<ByHand, RunEvent> { public static ByHand Initial { get; } = new(7); }
        [Invariant]
        public sealed class Injected(TimeProvider clock) : IBisectInvariant
        {
            public string Name => "injected";
            public string Description => $"{clock}";
            public System.Threading.Tasks.ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => new(InvariantResult.Holds);
        }
        public abstract class NotMarked : IBisectInvariant
        {
            public string Name => "base";
            public string Description => "For others.";
            public abstract System.Threading.Tasks.ValueTask<InvariantResult> Evaluate(IInvariantContext ctx);
        }
        """);
}
