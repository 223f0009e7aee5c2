using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.NotPartialAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class NotPartialAnalyzerTests
{
    [Fact]
    public Task A_model_an_aggregate_and_an_explainer_that_are_not_partial_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [EventModel] public sealed class {|NAG0011:Model|};
        [Aggregate(IgnoreRest = true)] public sealed record {|NAG0011:Run|} : IAggregate<Run, RunEvent>;
        [Explainer] public sealed class {|NAG0011:RunExplainer|} : IEventExplainer<RunEvent>;
        """);

    [Fact]
    public Task A_partial_class_inside_one_that_is_not_is_found() => Check.Finds("""
        public static class Outer { [EventModel] public sealed partial class {|NAG0011:Model|}; }
        """);

    [Fact]
    public Task What_writes_everything_itself_need_not_be_partial() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [EventModel] public sealed class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
        [Aggregate]
        public sealed record Run(int Steps) : IAggregate<Run, RunEvent>
        {
            public static Run Initial { get; } = new(0);
            public static Run Evolve(Run state, RunEvent e) => state;
        }
        [Explainer]
        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new("Event");
        }
        """);
}
