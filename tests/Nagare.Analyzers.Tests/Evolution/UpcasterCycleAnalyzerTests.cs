using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UpcasterCycleAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UpcasterCycleAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Reasoned(string Thought) : RunEvent;
        }

        """;

    [Fact]
    public Task Each_record_of_a_circle_is_found_and_none_that_only_leads_into_it() => Check.Finds(Family + """
        [PastEvent<RunEvent>("ticked", 1)] public sealed record TickedV1(long Tick);
        [PastEvent<RunEvent>("ticked", 2)] public sealed record {|NAG2002:TickedV2|}(long Tick);
        [PastEvent<RunEvent>("ticked", 3)] public sealed record {|NAG2002:TickedV3|}(long Tick);
        static class History
        {
            [Upcaster] internal static TickedV2 Upcast(TickedV1 old) => new(old.Tick);
            [Upcaster] internal static TickedV3 Upcast(TickedV2 old) => new(old.Tick);
            [Upcaster] internal static TickedV2 Upcast(TickedV3 old) => new(old.Tick);
        }
        """);

    [Fact]
    public Task A_record_that_leads_to_itself_is_a_circle() => Check.Finds(Family + """
        [PastEvent<RunEvent>("ticked", 1)] public sealed record {|NAG2002:TickedV1|}(long Tick);
        static class History { [Upcaster] internal static System.Collections.Generic.IEnumerable<TickedV1> Upcast(TickedV1 old) => [old]; }
        """);

    [Fact]
    public Task A_chain_is_none() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned-long-ago", 1)] public sealed record ReasonedV1(string Thought);
        [PastEvent<RunEvent>("reasoned-long-ago", 2)] public sealed record ReasonedV2(string Thought);
        static class History
        {
            [Upcaster] internal static ReasonedV2 Upcast(ReasonedV1 old) => new(old.Thought);
            [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought);
        }
        """);
}
