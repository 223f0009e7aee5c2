using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.MissingExplanationAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class MissingExplanationAnalyzerTests
{
    [Fact]
    public Task An_event_that_the_partial_explainer_leaves_out_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record {|NAG1001:Failed|}(string Error) : RunEvent;
        }

        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>
        {
            Explanation Explain(RunEvent.Started e) => new("Started", e.Prompt);
        }
        """);

    [Fact]
    public Task A_method_with_the_envelope_explains_too() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }

        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>
        {
            Explanation Explain(RunEvent.Started e, Envelope at) => new("Started", e.Prompt);
        }
        """);

    [Fact]
    public Task A_template_on_the_event_explains_it() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, Explain("Started")] public sealed record Started(string Prompt) : RunEvent;
        }

        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>;
        """);

    [Fact]
    public Task A_method_over_a_group_explains_every_event_of_the_group() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        public abstract record ToolEvent(string Tool) : RunEvent;
        [Event] public sealed record Called(string Tool) : ToolEvent(Tool);
        [Event] public sealed record Returned(string Tool) : ToolEvent(Tool);

        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>
        {
            Explanation Explain(ToolEvent e) => new("Tool", e.Tool);
        }
        """);

    [Fact]
    public Task A_discard_arm_explains_nothing() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record {|NAG1001:Failed|}(string Error) : RunEvent;
        }

        [Explainer]
        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => e switch
            {
                RunEvent.Started s => new("Started", s.Prompt),
                _ => new("Event"),
            };
        }
        """);

    [Theory]
    [InlineData("RunEvent.Started s => new(\"Started\", s.Prompt), RunEvent.Failed f => new(\"Failed\"), _ => new(\"?\")")]
    [InlineData("RunEvent.Started or RunEvent.Failed => new(\"Something\"), _ => new(\"?\")")]
    [InlineData("RunEvent.Started { Prompt: \"\" } => new(\"Nothing\"), RunEvent.Started => new(\"Started\"), RunEvent.Failed(var error) => new(error), _ => new(\"?\")")]
    public Task Every_way_of_writing_an_arm_counts(string arms) => Check.Finds($$"""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => e switch { {{arms}} };
        }
        """);

    [Fact]
    public Task A_switch_statement_and_its_methods_count() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
            [Event] public sealed record {|NAG1001:Ended|}(string Error) : RunEvent;
        }

        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e)
            {
                switch (e)
                {
                    case RunEvent.Started started: return new(started.Prompt);
                    default: return e is RunEvent.Failed ? new("Failed") : new("Event");
                }
            }
        }
        """);

    [Fact]
    public Task An_arm_that_rules_an_event_out_does_not_explain_it() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG1001:Started|}(string Prompt) : RunEvent;
        }

        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => e switch { not RunEvent.Started => new("Other"), _ => new("?") };
        }
        """);

    [Fact]
    public Task The_marked_explainer_answers_and_one_beside_it_need_not_be_complete() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }

        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>
        {
            Explanation Explain(RunEvent.Started e) => new("Started", e.Prompt);
        }

        public sealed class Terse : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new("Event");
        }
        """);

    [Fact]
    public Task Without_an_explainer_the_place_of_the_model_asks() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG1001:Started|}(string Prompt) : RunEvent;
            [Event, Explain("Failed")] public sealed record Failed(string Error) : RunEvent;
        }

        [EventModel] public sealed partial class Model;
        """);

    [Fact]
    public Task Contracts_without_explainer_and_model_are_left_alone() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }
        """);

    [Fact]
    public Task An_explainer_of_another_family_does_not_count() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG1001:Started|}(string Prompt) : RunEvent;
        }

        [EventFamily("bill")]
        public abstract partial record BillEvent
        {
            [Event] public sealed record Paid : BillEvent;
        }

        [Explainer]
        public sealed partial class BillExplainer : IEventExplainer<BillEvent>
        {
            Explanation Explain(BillEvent.Paid e) => new("Paid");
        }

        [EventModel] public sealed partial class Model;
        """);

    [Fact]
    public Task A_generated_stub_explains_nothing() => Check.Finds(
        ("Run.cs", """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record {|NAG1001:Started|}(string Prompt) : RunEvent;
            }

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>;
            """),
        ("RunExplainer.Explainer.g.cs", """
            partial class RunExplainer
            {
                public Explanation Explain(RunEvent e) => e switch { RunEvent.Started started => ExplainStarted(started), _ => throw new Exception() };
                public Explanation Explain(RunEvent e, Envelope at) => Explain(e);
                private static Explanation ExplainStarted(RunEvent.Started e) => new("Started");
            }
            """));

    [Fact]
    public Task Events_and_explainer_may_stand_in_different_files() => Check.Finds(
        """
        [EventFamily("run")]
        public abstract partial record RunEvent;

        [Event] public sealed record {|NAG1001:Failed|}(string Error) : RunEvent;
        """,
        """
        [Explainer]
        public sealed partial class RunExplainer : IEventExplainer<RunEvent>
        {
            Explanation Explain(Started e) => new("Started", e.Prompt);
        }
        """,
        "[Event] public sealed record Started(string Prompt) : RunEvent;");
}
