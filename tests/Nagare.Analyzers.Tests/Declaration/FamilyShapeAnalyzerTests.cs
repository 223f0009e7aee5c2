using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.FamilyShapeAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class FamilyShapeAnalyzerTests
{
    [Fact]
    public Task A_family_that_is_not_partial_is_found() => Check.Finds("""
        [EventFamily("run")] public abstract record {|NAG0003:RunEvent|};
        """);

    [Fact]
    public Task A_family_that_is_not_abstract_is_found() => Check.Finds("""
        [EventFamily("run")] public partial record {|NAG0003:RunEvent|};
        """);

    [Fact]
    public Task A_class_is_no_family() => Check.Finds("""
        [EventFamily("run")] public abstract partial class {|NAG0003:RunEvent|};
        """);

    [Fact]
    public Task A_generic_family_is_found() => Check.Finds("""
        [EventFamily("run")] public abstract partial record {|NAG0003:RunEvent|}<T>;
        """);

    [Fact]
    public Task A_family_inside_a_class_that_is_not_partial_is_found() => Check.Finds("""
        public static class Contracts { [EventFamily("run")] public abstract partial record {|NAG0003:RunEvent|}; }
        """);

    [Fact]
    public Task A_partial_abstract_record_is_fine() => Check.Finds("""
        [EventFamily("run")] public abstract partial record RunEvent; public static partial class Contracts { [EventFamily("bill")] public abstract partial record BillEvent; }
        """);
}
