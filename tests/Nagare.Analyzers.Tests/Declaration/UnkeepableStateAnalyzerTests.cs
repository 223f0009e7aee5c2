using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnkeepableStateAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnkeepableStateAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event("started")] public sealed record Started(string Prompt) : RunEvent;
        }

        """;

    [Fact]
    public Task A_type_that_no_codec_covers_is_found_at_the_member_public_or_not() => Check.Finds(Family + """
        [Aggregate(SnapshotEvery = 9)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private readonly System.Collections.Generic.HashSet<string> {|NAG0016:_seen|} = [];
            public Uri? {|NAG0016:Address|} { get; private set; }
            public System.Collections.Generic.Dictionary<int, string> {|NAG0016:ByNumber|} { get; } = [];
            public event EventHandler? {|NAG0016:Changed|};
            void Apply(RunEvent.Started e) => Changed?.Invoke(null, EventArgs.Empty);
        }
        """);

    [Fact]
    public Task What_a_type_inside_would_lose_is_found_at_the_states_member() => Check.Finds(Family + """
        public sealed class Counter { private int _count; public int Next() => ++_count; }
        [Aggregate(SnapshotEvery = 9)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public Counter {|NAG0016:Counter|} { get; init; } = new();
            Run Apply(RunEvent.Started e) => this;
        }
        """);

    [Fact]
    public Task A_type_that_is_not_partial_and_one_that_cannot_be_made_again_are_found() => Check.Finds(Family + """
        [Aggregate(SnapshotEvery = 9)]
        public sealed record {|NAG0016:ByHand|}(int Steps) : IAggregate<ByHand, RunEvent>
        {
            public static ByHand Initial { get; } = new(0);
            public static ByHand Evolve(ByHand state, RunEvent e) => state;
        }

        [Aggregate(SnapshotEvery = 9)]
        public sealed partial class {|NAG0016:Stray|} : IAggregate<Stray, RunEvent>
        {
            public Stray(int other) => Steps = other;
            public int Steps { get; private set; }
            public static Stray Initial => new(0);
            void Apply(RunEvent.Started e) => Steps++;
        }
        """);

    [Fact]
    public Task Everything_in_the_grammar_is_fine_also_where_it_is_hidden() => Check.Finds(Family + """
        public sealed record Step(string Tool, decimal? Cost);
        [Aggregate(SnapshotEvery = 9, SnapshotVersion = 2)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private const int Limit = 3;
            private static readonly object Gate = new();
            private readonly System.Collections.Generic.List<Step> _steps = [];
            private int _count;
            public string? Prompt { get; private set; }
            public System.Collections.Generic.List<string> Tools { get; } = [];
            public int Steps => _steps.Count + _count + Limit + Gate.GetHashCode();
            void Apply(RunEvent.Started e) => (Prompt, _count) = (e.Prompt, _count + 1);
        }
        """);

    [Fact]
    public Task Without_snapshots_a_state_may_hold_anything() => Check.Finds(Family + """
        [Aggregate]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private readonly System.Collections.Generic.HashSet<string> _seen = [];
            void Apply(RunEvent.Started e) => _seen.Add(e.Prompt);
        }
        """);
}
