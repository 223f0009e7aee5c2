using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.MissingExplanationAnalyzer, Nagare.CodeFixes.MissingExplanationCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class MissingExplanationCodeFixTests
{
    [Fact]
    public Task A_method_is_written_into_the_explainer_in_its_own_file() => Check.Makes(
        MissingExplanationCodeFix.ExplainKey,
        [
            """
            namespace Runs;

            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
                [Event] public sealed record [|ToolFailed|](string ToolName, int LatencyMs, double[] Scores) : RunEvent;
                [Event] public sealed record [|Ended|] : RunEvent;
            }
            """,
            """
            namespace Reading;

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<Runs.RunEvent>
            {
                Explanation Explain(Runs.RunEvent.Started e) => new("Started", e.Prompt);

                private static string Shorten(string text) => text;
            }
            """,
        ],
        [
            """
            namespace Runs;

            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
                [Event] public sealed record ToolFailed(string ToolName, int LatencyMs, double[] Scores) : RunEvent;
                [Event] public sealed record Ended : RunEvent;
            }
            """,
            """
            namespace Reading;

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<Runs.RunEvent>
            {
                Explanation Explain(Runs.RunEvent.Started e) => new("Started", e.Prompt);
                Explanation Explain(Runs.RunEvent.ToolFailed e) => new("Tool failed", $"tool name {e.ToolName}, latency ms {e.LatencyMs}");
                Explanation Explain(Runs.RunEvent.Ended e) => new("Ended");

                private static string Shorten(string text) => text;
            }
            """,
        ]);

    [Fact]
    public Task An_explainer_without_a_body_gets_one() => Check.Makes(
        MissingExplanationCodeFix.ExplainKey,
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record [|Started|](string Prompt) : RunEvent;
            }

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>;
            """,
        ],
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
            }

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>
            {
                private Explanation Explain(RunEvent.Started e) => new("Started", $"prompt {e.Prompt}");
            }
            """,
        ]);

    [Fact]
    public Task A_template_is_put_onto_the_event_where_that_is_chosen() => Check.Makes(
        MissingExplanationCodeFix.TemplateKey,
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                /// <summary>It began.</summary>
                [Event(Version = 2)] public sealed record [|Started|](string Prompt) : RunEvent;

                [Event]
                public sealed record [|Ended|] : RunEvent;
            }

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>;
            """,
        ],
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                /// <summary>It began.</summary>
                [Event(Version = 2), Explain("Started", "prompt {Prompt}")] public sealed record Started(string Prompt) : RunEvent;

                [Event, Explain("Ended")]
                public sealed record Ended : RunEvent;
            }

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>;
            """,
        ]);

    [Fact]
    public Task Without_an_explainer_the_event_itself_gets_the_template() => Check.Makes(
        MissingExplanationCodeFix.ExplainKey,
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record [|Started|](string Prompt) : RunEvent;
            }
            """,
            "[EventModel] public sealed partial class Model;",
        ],
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event, Explain("Started", "prompt {Prompt}")] public sealed record Started(string Prompt) : RunEvent;
            }
            """,
            "[EventModel] public sealed partial class Model;",
        ]);

    [Fact]
    public Task A_hand_written_switch_gets_an_arm_in_front_of_its_discard() => Check.Makes(
        MissingExplanationCodeFix.ExplainKey,
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
                [Event] public sealed record [|Failed|](string Error) : RunEvent;
                [Event] public sealed record [|Ended|](string Answer) : RunEvent;
            }

            public sealed class RunExplainer : IEventExplainer<RunEvent>
            {
                public Explanation Explain(RunEvent e) => e switch
                {
                    RunEvent.Started s => new("Started", s.Prompt),
                    _ => new("Event"),
                };
            }
            """,
        ],
        [
            """
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
                [Event] public sealed record Failed(string Error) : RunEvent;
                [Event] public sealed record Ended(string Answer) : RunEvent;
            }

            public sealed class RunExplainer : IEventExplainer<RunEvent>
            {
                public Explanation Explain(RunEvent e) => e switch
                {
                    RunEvent.Started s => new("Started", s.Prompt),
                    RunEvent.Failed failed => new("Failed", $"error {failed.Error}"),
                    RunEvent.Ended ended => new("Ended", $"answer {ended.Answer}"),
                    _ => new("Event"),
                };
            }
            """,
        ]);

    [Fact]
    public Task A_hand_written_explainer_of_another_shape_is_left_to_its_author() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record [|Started|](string Prompt) : RunEvent;
        }

        public sealed class RunExplainer : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new(e.ToString());
        }
        """);
}
