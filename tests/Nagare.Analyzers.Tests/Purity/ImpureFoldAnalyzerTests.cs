using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.ImpureFoldAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class ImpureFoldAnalyzerTests
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
    public Task A_fold_that_reads_the_clock_is_found() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            Run Apply(RunEvent.Started e) => this with { At = {|NAG3001:DateTimeOffset.UtcNow|} };
        }
        """);

    [Fact]
    public Task Randomness_environment_and_input_are_found() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            Run Apply(RunEvent.Started e)
            {
                var id = {|NAG3001:Guid.NewGuid()|};
                var machine = {|NAG3001:Environment.MachineName|};
                {|NAG3001:Console.WriteLine(id)|};
                var text = {|NAG3001:System.IO.File.ReadAllText("x")|};
                var dice = {|NAG3001:{|NAG3001:Random.Shared|}.Next()|};
                return this with { Text = machine + text + dice };
            }
        }
        """);

    [Fact]
    public Task Static_state_that_can_change_is_found() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            private static int s_count;
            private static readonly System.Collections.Generic.List<string> Seen = [];
            public static string Prefix { get; set; } = "";
            Run Apply(RunEvent.Started e)
            {
                {|NAG3001:s_count|}++;
                {|NAG3001:Seen.Add(e.Prompt)|};
                return this with { Text = {|NAG3001:Prefix|} + e.Prompt };
            }
        }
        """);

    [Fact]
    public Task A_helper_that_is_called_counts_as_the_folds_own() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            Run Apply(RunEvent.Started e) => this with { Text = {|NAG3001:Stamp(e.Prompt)|} };
            Run Apply(RunEvent.Failed e) => this with { Text = {|NAG3001:Words.Today|} };
            private static string Stamp(string text) => Again(text, 3);
            private static string Again(string text, int times) => times == 0 ? text + DateTime.Now : Again(text, times - 1);
        }
        public static class Words
        {
            public static string Today => DateTime.Today.ToString();
        }
        """);

    [Fact]
    public Task Every_form_of_a_fold_is_looked_at() => Check.Finds(Model + """
        public sealed record Plain(DateTimeOffset At) : IAggregate<Plain, RunEvent>
        {
            public static Plain Initial => new({|NAG3001:DateTimeOffset.Now|});
            public static Plain Evolve(Plain state, RunEvent e) => e switch { RunEvent.Failed => new({|NAG3001:DateTimeOffset.UtcNow|}), _ => state };
        }
        [Aggregate(IgnoreRest = true)]
        public sealed partial class Mutable : IAggregate<Mutable, RunEvent>
        {
            public DateTimeOffset At { get; private set; }
            void Apply(RunEvent.Started e) => At = {|NAG3001:DateTimeOffset.UtcNow|};
            static Mutable Apply(Mutable state, RunEvent.Failed e) { state.At = {|NAG3001:{|NAG3001:TimeProvider.System|}.GetUtcNow()|}; return state; }
        }
        """);

    [Fact]
    public Task Lambdas_and_local_functions_inside_a_fold_are_its_own() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            Run Apply(RunEvent.Started e)
            {
                return this with { Text = {|NAG3001:Local()|} + new Lazy<string>(() => {|NAG3001:Environment.UserName|}).Value };
                string Local() => {|NAG3001:DateTime.UtcNow|}.ToString();
            }
        }
        """);

    [Fact]
    public Task An_upcaster_is_a_fold_too() => Check.Finds(Model + """
        [PastEvent<RunEvent>("failed", 0)] public sealed record FailedV0(string Error);
        public static class Upcasters
        {
            [Upcaster] internal static RunEvent.Failed Upcast(FailedV0 old) => new(old.Error + {|NAG3001:DateTime.UtcNow|});
        }
        """);

    [Fact]
    public Task Pure_folds_are_fine() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            private const int Longest = 3;
            private static readonly System.Collections.Generic.Dictionary<string, string> Names = new() { ["a"] = "b" };
            private static readonly char[] Blanks = [' '];
            public static string Version { get; } = "1";
            Run Apply(RunEvent.Started e)
            {
                var builder = new System.Text.StringBuilder();
                builder.Append(Names.GetValueOrDefault(e.Prompt, string.Empty)).Append(Environment.NewLine).Append(nameof(DateTime.Now)).Append(Version);
                var words = new System.Collections.Generic.List<string>();
                words.AddRange(e.Prompt.Split(Blanks));
                var path = System.IO.Path.Combine("a", "b");
                var writer = new System.IO.StringWriter();
                var id = Guid.Parse("00000000-0000-0000-0000-000000000000");
                var at = DateTimeOffset.FromUnixTimeSeconds(Longest).AddDays(1);
                return this with { At = e.At.AddDays(1), Text = Helper(builder.ToString()) };
            }
            private static string Helper(string text) => text.Trim();
        }
        """);

    [Fact]
    public Task What_is_no_fold_may_do_as_it_likes() => Check.Finds(Model + """
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public DateTimeOffset At { get; init; }
            public string Text { get; init; } = "";
            Run Apply(RunEvent.Started e) => this with { At = e.At };
            public bool IsOld(TimeProvider clock) => clock.GetUtcNow() > At.AddDays(1);
            Decision<RunEvent> Decide(Stop c, DecisionContext at) => Persist(new RunEvent.Started(c.Why, at.Now));
        }
        public sealed record Stop(string Why) : ICommand<Run>;
        public static class Tools
        {
            public static void Apply(RunEvent e) => Console.WriteLine(DateTime.Now);
            public static DateTime Now => DateTime.Now;
        }
        """);
}
