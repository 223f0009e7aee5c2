using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.DroppedTokenAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class DroppedTokenAnalyzerTests
{
    private const string Model = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Ended : RunEvent;
            public static implicit operator Decision(RunEvent e) => Decision.From(e);
        }
        [EventFamily("bill")]
        public abstract partial record BillEvent
        {
            [Event] public sealed record Paid(decimal Amount) : BillEvent;
            public static implicit operator Decision(BillEvent e) => Decision.From(e);
        }
        [Aggregate(IgnoreRest = true)]
        public sealed partial record Run : IAggregate<Run, RunEvent>
        {
            public static StreamId Stream(string id) => new("run", id);
        }

        """;

    [Fact]
    public Task A_call_without_the_token_of_its_method_is_found() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await runs.{|NAG1006:Append|}(id, ExpectedVersion.Any, given);
                await journal.{|NAG1006:Head|}();
                await foreach (var e in journal.{|NAG1006:Read|}(new JournalScope())) { }
            }
        }
        """);

    [Fact]
    public Task The_nearest_functions_token_counts() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                Func<System.Threading.CancellationToken, System.Threading.Tasks.Task> inner = async stop => await journal.{|NAG1006:Head|}();
                async System.Threading.Tasks.Task Local() => await journal.{|NAG1006:Head|}();
                static async System.Threading.Tasks.Task Static(IJournal journal) => await journal.Head();
            }
        }
        """);

    [Fact]
    public Task Tokens_that_are_given_or_refused_are_fine() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await journal.Head(ct);
                await journal.Head(System.Threading.CancellationToken.None);
                await journal.Head(default);
                await foreach (var e in System.Threading.Tasks.TaskAsyncEnumerableExtensions.WithCancellation(journal.Read(new JournalScope()), ct)) { }
                try { await journal.Head(ct); }
                catch (OperationCanceledException) { await runs.Append(id, ExpectedVersion.Any, given); throw; }
                finally { await journal.Head(); }
            }
        }
        """);

    [Fact]
    public Task Without_a_token_at_hand_nothing_is_asked() => Check.Finds(Model + """
        public sealed class Quiet(IJournal journal)
        {
            public async System.Threading.Tasks.Task Work() => await journal.Head();
            public async System.Threading.Tasks.Task Two(System.Threading.CancellationToken a, System.Threading.CancellationToken b) => await journal.Head();
            public void Own(System.Threading.CancellationToken ct) => Mine();
            private static void Mine(System.Threading.CancellationToken ct = default) { }
        }
        """);
}
