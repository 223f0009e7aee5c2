using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.ForeignEventAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class ForeignEventAnalyzerTests
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
    public Task A_repository_is_given_an_event_of_another_family() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await runs.Append(id, ExpectedVersion.Any, [new RunEvent.Started("x"), {|NAG1003:new BillEvent.Paid(1)|}], ct);
                var paid = new BillEvent.Paid(2);
                await runs.Append(id, ExpectedVersion.Any, new object[] { {|NAG1003:paid|} }, ct);
            }
        }
        """);

    [Fact]
    public Task A_stream_of_an_aggregate_says_its_family() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await journal.Append(Run.Stream("r"), ExpectedVersion.Any, [{|NAG1003:new BillEvent.Paid(1)|}], ct);
                await journal.Append(new AppendRequest { Streams = [new(Run.Stream("r"), ExpectedVersion.Any, [new(new RunEvent.Ended()), new({|NAG1003:new BillEvent.Paid(1)|})])] }, ct);
            }
        }
        """);

    [Fact]
    public Task One_stream_is_given_two_families() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await journal.Append(id, ExpectedVersion.Any, [new BillEvent.Paid(1), {|NAG1003:new RunEvent.Ended()|}], ct);
            }
        }
        """);

    [Fact]
    public Task A_decision_returns_an_event_of_another_family() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await runs.Execute(id, run => {|NAG1003:new BillEvent.Paid(1)|}, ct);
            }
        }
        """);

    [Fact]
    public Task Events_of_the_family_and_what_nobody_can_know_are_fine() => Check.Finds(Model + """
        public sealed class Desk(IAggregateRepository<Run> runs, IJournal journal)
        {
            public async System.Threading.Tasks.Task Work(StreamId id, object anything, System.Collections.Generic.IReadOnlyList<object> given, System.Threading.CancellationToken ct)
            {
                await runs.Append(id, ExpectedVersion.Any, [new RunEvent.Started("x"), anything, .. given], ct);
                await runs.Append(id, ExpectedVersion.Any, given, ct);
                await journal.Append(id, ExpectedVersion.Any, [new BillEvent.Paid(1), new BillEvent.Paid(2)], ct);
                await journal.Append(Run.Stream("r"), ExpectedVersion.Any, [new RunEvent.Ended()], ct);
                await runs.Execute(id, run => new RunEvent.Ended(), ct);
                await journal.Append(new AppendRequest { Streams = [new(Run.Stream("r"), ExpectedVersion.Any, [new(new RunEvent.Ended())]), new(id, ExpectedVersion.Any, [new(new BillEvent.Paid(1))])] }, ct);
            }
        }
        """);
}
