using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.PastEventDeclarationAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class PastEventDeclarationAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record Reasoned(string Thought) : RunEvent;
        }

        public abstract record NoFamily;

        """;

    [Theory]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 1)] public sealed record {|NAG2005:ReasonedV1|}<T>(T Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 1)] public abstract record {|NAG2005:ReasonedV1|}(string Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 0)] public sealed record {|NAG2005:ReasonedV1|}(string Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 3)] public sealed record {|NAG2005:ReasonedV3|}(string Thought);")]
    [InlineData("[PastEvent<NoFamily>(\"reasoned\", 1)] public sealed record {|NAG2005:ReasonedV1|}(string Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 1)] public sealed record {|NAG2005:ReasonedV1|}(Uri Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 1), Event(\"thought\")] public sealed record {|NAG2005:ReasonedV1|}(string Thought) : RunEvent;")]
    [InlineData("class Around { [PastEvent<RunEvent>(\"reasoned\", 1)] private sealed record {|NAG2005:ReasonedV1|}(string Thought); }")]
    public Task A_record_that_cannot_be_history_is_found(string record) => Check.Finds(Family + record);

    [Theory]
    [InlineData("[PastEvent<RunEvent>(\"reasoned\", 1)] internal sealed record ReasonedV1(string Thought);")]
    [InlineData("[PastEvent<RunEvent>(\"ticked\", 9)] public sealed class TickedV9 { public long Tick { get; set; } }")]
    [InlineData("static class History { [PastEvent<RunEvent>(\"reasoned\", 1)] internal sealed record ReasonedV1(string Thought); }")]
    public Task History_is_fine(string record) => Check.Finds(Family + record);
}
