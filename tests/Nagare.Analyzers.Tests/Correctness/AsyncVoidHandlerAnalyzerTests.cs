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

    [Fact]
    public Task Whoever_takes_an_event_or_an_envelope_is_a_handler_whatever_it_is_called() => Check.Finds("""
        [EventFamily("loan")]
        public abstract partial record LoanEvent
        {
            [Event("started")] public sealed record Started(string Reader) : LoanEvent;
        }

        public class Desk
        {
            public async void {|NAG1004:Handle|}(LoanEvent.Started e, Envelope at) => await System.Threading.Tasks.Task.Yield();
            protected async void {|NAG1004:WhenAnything|}(LoanEvent e) => await System.Threading.Tasks.Task.Yield();
            private async void {|NAG1004:See|}(string name, Envelope<LoanEvent> e) => await System.Threading.Tasks.Task.Yield();
            public async System.Threading.Tasks.Task Later(LoanEvent.Started e) => await System.Threading.Tasks.Task.Yield();
            private async void Clicked(object sender, EventArgs e) => await System.Threading.Tasks.Task.Yield();
        }
        """);
}
