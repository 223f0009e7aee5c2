using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.InferredNameAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class InferredNameAnalyzerTests
{
    [Fact]
    public Task A_name_made_from_the_type_is_pointed_out() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG0015:ToolFailed|}(string Tool) : RunEvent;
            [Event(Version = 2)] public sealed record {|NAG0015:Started|}(string Prompt) : RunEvent;
        }
        """);

    [Fact]
    public Task A_name_that_is_given_is_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event("tool-failed")] public sealed record ToolFailed(string Tool) : RunEvent;
        }
        """);
}
