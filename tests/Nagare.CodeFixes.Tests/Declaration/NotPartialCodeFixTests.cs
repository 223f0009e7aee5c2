using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.NotPartialAnalyzer, Nagare.CodeFixes.NotPartialCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class NotPartialCodeFixTests
{
    [Fact]
    public Task Marked_classes_become_partial() => Check.Makes(
        "NAG0011.Fix",
        ["""
            [EventModel] public sealed class {|NAG0011:Model|};
            [EventFamily("run")] public abstract partial record RunEvent;
            [Aggregate(IgnoreRest = true)] record {|NAG0011:Run|} : IAggregate<Run, RunEvent>;
            """],
        ["""
            [EventModel] public sealed partial class Model;
            [EventFamily("run")] public abstract partial record RunEvent;
            [Aggregate(IgnoreRest = true)] partial record Run : IAggregate<Run, RunEvent>;
            """]);
}
