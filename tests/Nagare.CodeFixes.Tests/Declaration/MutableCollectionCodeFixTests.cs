using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.MutableCollectionAnalyzer, Nagare.CodeFixes.MutableCollectionCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class MutableCollectionCodeFixTests
{
    [Fact]
    public Task Collections_become_ones_that_only_read() => Check.Makes(
        "NAG0006.Fix",
        ["""
            using System.Collections.Generic;
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(List<string> {|NAG0006:Tools|}, int[] {|NAG0006:Steps|}) : RunEvent
                {
                    public Dictionary<string, DateTime> {|NAG0006:Times|} { get; init; } = new();
                }
            }
            """],
        ["""
            using System.Collections.Generic;
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(IReadOnlyList<string> Tools, IReadOnlyList<int> Steps) : RunEvent
                {
                    public IReadOnlyDictionary<string, DateTime> Times { get; init; } = new();
                }
            }
            """]);
}
