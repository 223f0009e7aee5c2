using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.MutatingDecisionAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class MutatingDecisionAnalyzerTests
{
    private const string Model = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        """;

    [Fact]
    public Task Assignments_and_steps_are_found() => Check.Finds(Model + """
        public sealed record Stop(string Why) : ICommand<Run>;
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private int _steps;
            public bool IsOver { get; private set; }
            public System.Collections.Generic.List<string> Reasons { get; } = [];
            void Apply(RunEvent.Failed e) { IsOver = true; Reasons.Add(e.Error); }
            Decision<RunEvent> Decide(Stop c)
            {
                {|NAG3002:IsOver = true|};
                {|NAG3002:_steps++|};
                {|NAG3002:this._steps += 2|};
                return Persist(new RunEvent.Failed(c.Why));
            }
        }
        """);

    [Fact]
    public Task Changes_of_the_states_collections_are_found() => Check.Finds(Model + """
        public sealed record Stop(string Why) : ICommand<Run>;
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private int _steps;
            public bool IsOver { get; private set; }
            public System.Collections.Generic.List<string> Reasons { get; } = [];
            void Apply(RunEvent.Failed e) { IsOver = true; Reasons.Add(e.Error); }
            Decision<RunEvent> Decide(Stop c)
            {
                {|NAG3002:Reasons.Add(c.Why)|};
                {|NAG3002:Reasons[0] = c.Why|};
                return Persist(new RunEvent.Failed(c.Why));
            }
        }
        """);

    [Fact]
    public Task Applying_the_event_oneself_is_found() => Check.Finds(Model + """
        public sealed record Stop(string Why) : ICommand<Run>;
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private int _steps;
            public bool IsOver { get; private set; }
            public System.Collections.Generic.List<string> Reasons { get; } = [];
            void Apply(RunEvent.Failed e) { IsOver = true; Reasons.Add(e.Error); }
            Decision<RunEvent> Decide(Stop c, DecisionContext at)
            {
                var failed = new RunEvent.Failed(c.Why);
                {|NAG3002:Apply(failed)|};
                return Persist(failed);
            }
        }
        """);

    [Fact]
    public Task A_static_decision_and_a_lambda_are_looked_at() => Check.Finds(Model + """
        public sealed record Stop(string Why) : ICommand<Run>;
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private int _steps;
            public bool IsOver { get; private set; }
            public System.Collections.Generic.List<string> Reasons { get; } = [];
            void Apply(RunEvent.Failed e) { IsOver = true; Reasons.Add(e.Error); }
            static Decision<RunEvent> Decide(Run state, Stop c)
            {
                {|NAG3002:state.IsOver = true|};
                return Persist(new RunEvent.Failed(c.Why));
            }
            public void Clear() => Reasons.Clear();
        }
        public sealed class Desk(IAggregateRepository<Run> runs)
        {
            public async System.Threading.Tasks.Task Stop(StreamId id) => await runs.Execute(id, run => { {|NAG3002:run.Reasons.Clear()|}; {|NAG3002:run.Clear()|}; return Decision.Ignore(); });
        }
        """);

    [Fact]
    public Task Decisions_that_only_look_are_fine() => Check.Finds(Model + """
        public sealed record Stop(string Why) : ICommand<Run>;
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            private int _steps;
            public bool IsOver { get; private set; }
            public System.Collections.Generic.List<string> Reasons { get; } = [];
            void Apply(RunEvent.Failed e) { IsOver = true; Reasons.Add(e.Error); }
            Decision<RunEvent> Decide(Stop c)
            {
                var reasons = new System.Collections.Generic.List<string>(Reasons);
                reasons.Add(c.Why);
                var count = 0;
                foreach (var reason in Reasons) { count += reason.Length; }
                var draft = new Draft { Text = c.Why };
                draft.Text = "again";
                var (first, second) = (count, 2);
                return IsOver || Count() > first ? Ignore() : Persist(new RunEvent.Failed(c.Why) with { Error = $"{reasons.Count} {second}" });
            }
            private int Count() => Reasons.Count + _steps;
        }
        public sealed class Draft { public string Text { get; set; } = ""; }
        public sealed class Desk(IAggregateRepository<Run> runs)
        {
            public async System.Threading.Tasks.Task Stop(StreamId id) => await runs.Execute(id, run => run.IsOver ? Decision.Ignore() : Decision.From(new RunEvent.Failed("x")));
        }
        """);
}
