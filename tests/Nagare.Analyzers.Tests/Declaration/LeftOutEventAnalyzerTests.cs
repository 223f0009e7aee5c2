using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.LeftOutEventAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class LeftOutEventAnalyzerTests
{
    [Fact]
    public Task An_event_without_a_family_is_found() => Check.Finds("""
        [Event] public sealed record {|NAG0002:Started|}(string Prompt);
        """);

    [Fact]
    public Task A_base_that_is_not_marked_is_no_family() => Check.Finds("""
        public abstract partial record RunEvent;
        [Event] public sealed record {|NAG0002:Started|}(string Prompt) : RunEvent;
        """);

    [Fact]
    public Task An_abstract_event_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public abstract record {|NAG0002:ToolEvent|}(string Tool) : RunEvent;
        }
        """);

    [Fact]
    public Task A_generic_event_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG0002:Changed|}<T>(T Value) : RunEvent;
        }
        """);

    [Fact]
    public Task An_event_that_only_a_class_that_is_not_partial_sees_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        public static class Contracts
        {
            [Event] private sealed record {|NAG0002:Started|}(string Prompt) : RunEvent;
        }
        """);

    [Fact]
    public Task A_family_of_another_assembly_is_closed() => Check.FindsWith("""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        """, """
        [Event] public sealed record {|NAG0002:Started|}(string Prompt) : RunEvent;
        """);

    [Fact]
    public Task Events_nested_or_not_and_internal_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] private sealed record Hidden(string Prompt) : RunEvent;
        }
        [Event] internal sealed record Ended(string Answer) : RunEvent;
        """);
}
