using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnsealedEventAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnsealedEventAnalyzerTests
{
    [Fact]
    public Task An_event_that_is_not_sealed_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public record {|NAG0001:Started|}(string Prompt) : RunEvent;
        }
        """);

    [Fact]
    public Task A_class_below_an_event_family_is_no_record() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial class RunEvent
        {
            [Event] public sealed class {|NAG0001:Started|} : RunEvent;
        }
        """);

    [Fact]
    public Task A_sealed_record_is_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }
        """);

    [Fact]
    public Task An_event_above_another_event_cannot_be_sealed() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public record Failed(string Error) : RunEvent;
        [Event] public sealed record TimedOut(string Error) : Failed(Error);
        """);

    [Fact]
    public Task An_event_above_something_else_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public record {|NAG0001:Failed|}(string Error) : RunEvent;
        public sealed record TimedOut(string Error) : Failed(Error);
        """);

    [Fact]
    public Task Groups_and_other_records_are_left_alone() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        public abstract record ToolEvent(string Tool) : RunEvent;
        public record Money(decimal Amount);
        """);
}
