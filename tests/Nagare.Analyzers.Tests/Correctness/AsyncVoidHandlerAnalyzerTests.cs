using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.AsyncVoidHandlerAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class AsyncVoidHandlerAnalyzerTests
{
    [Fact]
    public Task An_async_void_fold_or_handler_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        [Aggregate(IgnoreRest = true)]
        public sealed partial class Run : IAggregate<Run, RunEvent>
        {
            async void {|NAG1004:Apply|}(RunEvent.Started e) => await System.Threading.Tasks.Task.Yield();
        }
        public sealed class Log : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new("Event");
            async void {|NAG1004:On|}(RunEvent.Started e) => await System.Threading.Tasks.Task.Yield();
        }
        """);

    [Fact]
    public Task Other_async_void_methods_and_handlers_with_a_task_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }

        public sealed class Log : IEventExplainer<RunEvent>
        {
            public Explanation Explain(RunEvent e) => new("Event");
            async System.Threading.Tasks.ValueTask On(RunEvent.Started e) => await System.Threading.Tasks.Task.Yield();
            async void OnClick(object sender, EventArgs e) => await System.Threading.Tasks.Task.Yield();
        }
        public sealed class Button
        {
            async void On(object sender) => await System.Threading.Tasks.Task.Yield();
        }
        """);
}
