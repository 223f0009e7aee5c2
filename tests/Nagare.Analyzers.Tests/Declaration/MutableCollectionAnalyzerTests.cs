using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.MutableCollectionAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class MutableCollectionAnalyzerTests
{
    [Fact]
    public Task Lists_arrays_and_dictionaries_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(System.Collections.Generic.List<string> {|NAG0006:Tools|}, int[] {|NAG0006:Steps|}, System.Collections.Generic.Dictionary<string, int>? {|NAG0006:Costs|}) : RunEvent;
        }
        """);

    [Fact]
    public Task Bytes_and_collections_that_only_read_are_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(byte[] Image, System.Collections.Generic.IReadOnlyList<string> Tools, System.Collections.Immutable.ImmutableArray<int> Steps) : RunEvent;
        }
        """);

    [Fact]
    public Task Lists_outside_events_are_left_alone() => Check.Finds("""
        public sealed record Draft(System.Collections.Generic.List<string> Lines);
        """);
}
