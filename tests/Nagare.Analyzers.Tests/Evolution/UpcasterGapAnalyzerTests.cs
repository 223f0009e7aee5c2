using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UpcasterGapAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UpcasterGapAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 3)] public sealed record Reasoned(string Thought, string Tool) : RunEvent;
        }

        """;

    [Fact]
    public Task A_past_event_that_no_upcaster_takes_is_found() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record ReasonedV1(string Thought);
        [PastEvent<RunEvent>("reasoned", 2)] public sealed record {|NAG2001:ReasonedV2|}(string Thought);
        static class History { [Upcaster] internal static ReasonedV2 Upcast(ReasonedV1 old) => new(old.Thought); }
        """);

    [Fact]
    public Task An_event_whose_earlier_version_nothing_reads_is_found() => Check.Finds(Family.Replace("record Reasoned", "record {|NAG2001:Reasoned|}", StringComparison.Ordinal) + """
        [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought);
        static class History { [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought, ""); }
        """);

    [Fact]
    public Task A_raised_version_without_any_history_is_found() => Check.Finds(Family.Replace("record Reasoned", "record {|NAG2001:Reasoned|}", StringComparison.Ordinal));

    [Fact]
    public Task A_retired_event_with_a_version_missing_is_found_at_its_latest() => Check.Finds(Family.Replace("(Version = 3)", "", StringComparison.Ordinal) + """
        [PastEvent<RunEvent>("ticked", 3)] public sealed record {|NAG2001:TickedV3|}(long Tick);
        [PastEvent<RunEvent>("ticked", 2)] public sealed record TickedV2(long Tick);
        static class History
        {
            [Upcaster] internal static System.Collections.Generic.IEnumerable<RunEvent> Upcast(TickedV3 old) => [];
            [Upcaster] internal static TickedV3 Upcast(TickedV2 old) => new(old.Tick);
        }
        """);

    [Fact]
    public Task A_whole_history_is_no_finding() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought);
        static class History
        {
            [Upcaster("reasoned", 1)] internal static ReasonedV2 Upcast(System.Text.Json.JsonElement json) => new("");
            [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought, "");
        }
        """);

    [Fact]
    public Task Versions_under_a_former_name_count() => Check.Finds(Family.Replace("[Event(", "[FormerName(\"thought\"), Event(", StringComparison.Ordinal) + """
        [PastEvent<RunEvent>("thought", 1)] public sealed record ThoughtV1(string Thought);
        [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought);
        static class History
        {
            [Upcaster] internal static ReasonedV2 Upcast(ThoughtV1 old) => new(old.Thought);
            [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought, "");
        }
        """);

    [Fact]
    public Task A_circle_is_another_rules_finding() => Check.Finds(Family.Replace("(Version = 3)", "", StringComparison.Ordinal) + """
        [PastEvent<RunEvent>("ticked", 1)] public sealed record TickedV1(long Tick);
        static class History { [Upcaster] internal static TickedV1 Upcast(TickedV1 old) => old; }
        """);
}
