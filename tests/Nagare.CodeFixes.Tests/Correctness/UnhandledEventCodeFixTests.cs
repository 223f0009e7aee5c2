using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UnhandledEventAnalyzer, Nagare.CodeFixes.UnhandledEventCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UnhandledEventCodeFixTests
{
    private const string Family = """
        namespace Runs;

        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Ended : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }
        """;

    [Fact]
    public Task A_record_gets_methods_that_return_the_state_unchanged() => Check.Makes(
        UnhandledEventCodeFix.ApplyKey,
        [
            Family,
            """
            namespace Reading;

            [Aggregate]
            public sealed partial record {|NAG1002:{|NAG1002:Run|}|} : IAggregate<Run, Runs.RunEvent>
            {
                public string Prompt { get; init; } = "";

                Run Apply(Runs.RunEvent.Started e) => this with { Prompt = e.Prompt };
            }
            """,
        ],
        [
            Family,
            """
            namespace Reading;

            [Aggregate]
            public sealed partial record Run : IAggregate<Run, Runs.RunEvent>
            {
                public string Prompt { get; init; } = "";

                Run Apply(Runs.RunEvent.Started e) => this with { Prompt = e.Prompt };
                Run Apply(Runs.RunEvent.Ended e) => this;
                Run Apply(Runs.RunEvent.Failed e) => this;
            }
            """,
        ]);

    [Fact]
    public Task A_class_gets_methods_that_change_it_in_place() => Check.Makes(
        UnhandledEventCodeFix.ApplyKey,
        [
            Family,
            """
            namespace Runs;

            [Aggregate, Ignores<RunEvent.Ended>, Ignores<RunEvent.Started>]
            public sealed partial class {|NAG1002:Run|} : IAggregate<Run, RunEvent>;
            """,
        ],
        [
            Family,
            """
            namespace Runs;

            [Aggregate, Ignores<RunEvent.Ended>, Ignores<RunEvent.Started>]
            public sealed partial class Run : IAggregate<Run, RunEvent>
            {
                private void Apply(RunEvent.Failed e)
                {
                }
            }
            """,
        ]);

    [Fact]
    public Task An_event_is_declared_ignored_where_that_is_chosen() => Check.Makes(
        UnhandledEventCodeFix.IgnoreKey,
        [
            Family,
            """
            namespace Runs;

            /// <summary>A run.</summary>
            [Aggregate]
            public sealed partial record {|NAG1002:{|NAG1002:Run|}|} : IAggregate<Run, RunEvent>
            {
                Run Apply(RunEvent.Started e) => this;
            }
            """,
        ],
        [
            Family,
            """
            namespace Runs;

            /// <summary>A run.</summary>
            [Aggregate]
            [Ignores<RunEvent.Ended>, Ignores<RunEvent.Failed>]
            public sealed partial record Run : IAggregate<Run, RunEvent>
            {
                Run Apply(RunEvent.Started e) => this;
            }
            """,
        ]);

    [Fact]
    public Task The_method_goes_to_the_part_that_holds_the_others() => Check.Makes(
        UnhandledEventCodeFix.ApplyKey,
        [
            Family,
            """
            namespace Runs;

            [Aggregate, Ignores<RunEvent.Ended>]
            public sealed partial record {|NAG1002:Run|} : IAggregate<Run, RunEvent>;
            """,
            """
            namespace Runs;

            public sealed partial record Run
            {
                internal Run Apply(RunEvent.Started e) => this;
            }
            """,
        ],
        [
            Family,
            """
            namespace Runs;

            [Aggregate, Ignores<RunEvent.Ended>]
            public sealed partial record Run : IAggregate<Run, RunEvent>;
            """,
            """
            namespace Runs;

            public sealed partial record Run
            {
                internal Run Apply(RunEvent.Started e) => this;
                internal Run Apply(RunEvent.Failed e) => this;
            }
            """,
        ]);
}
