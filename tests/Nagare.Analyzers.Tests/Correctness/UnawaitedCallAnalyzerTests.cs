using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnawaitedCallAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnawaitedCallAnalyzerTests
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
    public Task A_call_that_nobody_awaits_is_found() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                {|NAG1005:runs.Append(id, ExpectedVersion.Any, given, ct)|};
                {|NAG1005:journal.Append(id, ExpectedVersion.Any, given, ct).ConfigureAwait(false)|};
                {|NAG1005:journal.Read(new JournalScope(), ct)|};
                void Later() => {|NAG1005:journal.Head(ct)|};
                Action again = () => {|NAG1005:journal.Head(ct)|};
            }
        }
        """);

    [Fact]
    public Task Calls_that_are_awaited_kept_or_dropped_on_purpose_are_fine() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await runs.Append(id, ExpectedVersion.Any, given, ct);
                var task = journal.Head(ct);
                _ = journal.Head(ct);
                await foreach (var e in journal.Read(new JournalScope(), ct)) { }
                var head = await journal.Head(ct).ConfigureAwait(false);
                Func<System.Threading.Tasks.ValueTask<Position>> ask = () => journal.Head(ct);
                System.Threading.Tasks.Task.Delay(1);
                given.GetHashCode();
            }
        }
        """);

    [Fact]
    public Task An_assertion_asks_about_the_call_itself() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                Assert.Throws(() => { journal.Append(id, ExpectedVersion.Any, given, ct); });
            }
        }
        public static class Assert { public static void Throws(Action action) => action(); }
        """);
}
