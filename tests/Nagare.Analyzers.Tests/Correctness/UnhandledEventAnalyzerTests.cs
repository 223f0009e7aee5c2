using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnhandledEventAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnhandledEventAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        """;

    [Fact]
    public Task An_event_that_is_neither_applied_nor_ignored_is_found() => Check.Finds(Family + """
        [Aggregate]
        public sealed partial record {|NAG1002:Run|} : IAggregate<Run, RunEvent>
        {
            Run Apply(RunEvent.Started e) => this;
        }
        """);

    [Fact]
    public Task Each_forgotten_event_is_a_finding() => Check.Finds(Family + """
        [Aggregate]
        public sealed partial class {|NAG1002:{|NAG1002:Run|}|} : IAggregate<Run, RunEvent>;
        """);

    [Fact]
    public Task What_is_applied_or_ignored_is_not_nagged_about() => Check.Finds(Family + """
        [Aggregate, Ignores<RunEvent.Failed>]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            Run Apply(RunEvent.Started e) => this;
        }
        """);

    [Fact]
    public Task IgnoreRest_ignores_everything_now_and_later() => Check.Finds(Family + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>;
        """);

    [Fact]
    public Task A_static_Apply_counts() => Check.Finds(Family + """
        [Aggregate]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            static Run Apply(Run run, RunEvent.Started e) => run;
            static Run Apply(Run run, RunEvent.Failed e) => run;
        }
        """);

    [Fact]
    public Task Parts_in_several_files_are_one_aggregate() => Check.Finds(
        Family + """
        [Aggregate]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            Run Apply(RunEvent.Started e) => this;
        }
        """,
        """
        public sealed partial record Run
        {
            Run Apply(RunEvent.Failed e) => this;
        }
        """);

    [Fact]
    public Task A_method_over_a_group_or_the_family_applies_its_events() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        public abstract record ToolEvent : RunEvent;
        [Event] public sealed record Called : ToolEvent;
        [Event] public sealed record Returned : ToolEvent;

        [Aggregate]
        public sealed partial record Tools : IAggregate<Tools, RunEvent>
        {
            Tools Apply(ToolEvent e) => this;
        }

        [Aggregate]
        public sealed partial record Count : IAggregate<Count, RunEvent>
        {
            Count Apply(RunEvent e) => this;
        }
        """);

    [Fact]
    public Task A_hand_written_fold_is_its_authors_business() => Check.Finds(Family + """
        [Aggregate]
        public sealed record Plain : IAggregate<Plain, RunEvent>
        {
            public static Plain Initial => new();
            public static Plain Evolve(Plain state, RunEvent e) => state;
        }

        [Aggregate]
        public sealed partial record Half : IAggregate<Half, RunEvent>
        {
            public static Half Evolve(Half state, RunEvent e) => state;
        }

        public sealed record Unmarked : IAggregate<Unmarked, RunEvent>
        {
            public static Unmarked Initial => new();
            public static Unmarked Evolve(Unmarked state, RunEvent e) => state;
        }
        """);

    [Fact]
    public Task A_generated_fold_applies_nothing() => Check.Finds(
        ("Run.cs", Family + """
            [Aggregate, Ignores<RunEvent.Failed>]
            public sealed partial record {|NAG1002:Run|} : IAggregate<Run, RunEvent>;
            """),
        ("Run.Aggregate.g.cs", """
            partial record Run
            {
                public static Run Initial => new();
                public static Run Evolve(Run state, RunEvent e) => e switch { RunEvent.Started => state, _ => state };
            }
            """));

    [Fact]
    public Task A_family_of_another_assembly_is_read_from_what_its_build_left() => Check.FindsWith(
        """
        [EventFamily("run"), FamilyMembers(typeof(RunEvent.Started), typeof(RunEvent.Failed))]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        """,
        """
        [Aggregate]
        public sealed partial record {|NAG1002:Run|} : IAggregate<Run, RunEvent>
        {
            Run Apply(RunEvent.Failed e) => this;
        }
        """);
}
