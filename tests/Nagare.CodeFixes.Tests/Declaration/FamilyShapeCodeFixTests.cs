using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.FamilyShapeAnalyzer, Nagare.CodeFixes.FamilyShapeCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class FamilyShapeCodeFixTests
{
    [Fact]
    public Task Families_become_partial_and_abstract() => Check.Makes(
        "NAG0003.Fix",
        ["""
            [EventFamily("a")] public record {|NAG0003:A|};
            [EventFamily("b")] public abstract record {|NAG0003:B|};
            [EventFamily("c")] public partial record {|NAG0003:C|};
            """],
        ["""
            [EventFamily("a")] public abstract partial record A;
            [EventFamily("b")] public abstract partial record B;
            [EventFamily("c")] public abstract partial record C;
            """]);

    [Fact]
    public Task A_class_is_left() => Check.OffersNothing("""
        [EventFamily("a")] public abstract partial class {|NAG0003:A|};
        """);
}
