using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.AsyncVoidHandlerAnalyzer, Nagare.CodeFixes.AsyncVoidHandlerCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class AsyncVoidHandlerCodeFixTests
{
    [Fact]
    public Task A_handler_returns_a_task() => Check.Makes(
        "NAG1004.Fix",
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent;
            public sealed class Log : IEventExplainer<RunEvent>
            {
                public async void {|NAG1004:On|}(RunEvent e) => await System.Threading.Tasks.Task.Yield();
            }
            """],
        ["""
            [EventFamily("run")]
            public abstract partial record RunEvent;
            public sealed class Log : IEventExplainer<RunEvent>
            {
                public async System.Threading.Tasks.ValueTask On(RunEvent e) => await System.Threading.Tasks.Task.Yield();
            }
            """]);

    [Fact]
    public Task A_fold_cannot_wait_at_all() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Aggregate] public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            async void {|NAG1004:Apply|}(RunEvent e) => await System.Threading.Tasks.Task.Yield();
        }
        """);
}
