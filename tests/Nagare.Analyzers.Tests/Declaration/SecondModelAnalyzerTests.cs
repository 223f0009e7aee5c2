using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.SecondModelAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class SecondModelAnalyzerTests
{
    [Fact]
    public Task The_second_of_two_models_is_found() => Check.Finds("""
        [EventModel] public sealed partial class First;
        [EventModel] public sealed partial class {|NAG0010:Second|};
        """);

    [Fact]
    public Task One_model_in_parts_is_fine() => Check.Finds("""
        [EventModel] public sealed partial class Model;
        public sealed partial class Model { public static int Answer => 42; }
        """);

    [Fact]
    public Task A_model_of_another_assembly_is_its_own() => Check.FindsWith("""
        [EventModel] public sealed partial class Theirs;
        """, """
        [EventModel] public sealed partial class Ours;
        """);
}
