using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.EventFieldAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class EventFieldAnalyzerTests
{
    [Fact]
    public Task A_public_field_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent { public readonly string {|NAG0005:Prompt|} = ""; }
        }
        """);

    [Fact]
    public Task Private_static_and_constant_fields_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent
            {
                public const int Longest = 10;
                public static readonly Started Empty = new("");
                private readonly int _length = Prompt.Length;
            }
        }
        """);
}
