using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.AmbiguousUpcasterAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class AmbiguousUpcasterAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record Reasoned(string Thought) : RunEvent;
        }

        """;

    [Fact]
    public Task Two_upcasters_of_one_past_event_are_found_at_the_record() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2003:ReasonedV1|}(string Thought);
        static class History { [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV1 old) => new(old.Thought); }
        static class Elsewhere { [Upcaster] internal static System.Collections.Generic.IEnumerable<RunEvent> Drop(ReasonedV1 old) => []; }
        """);

    [Fact]
    public Task Two_records_of_one_version_are_found() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2003:ReasonedV1|}(string Thought);
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2003:ReasonedAtFirst|}(string Thought);
        """);

    [Fact]
    public Task A_record_and_raw_JSON_of_one_version_are_found() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2003:ReasonedV1|}(string Thought);
        static class History
        {
            [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV1 old) => new(old.Thought);
            [Upcaster("reasoned", 1)] internal static RunEvent.Reasoned {|NAG2003:Raw|}(System.Text.Json.JsonElement json) => new("");
        }
        """);

    [Fact]
    public Task History_that_claims_the_version_of_today_is_found() => Check.Finds(Family + """
        [PastEvent<RunEvent>("reasoned", 2)] public sealed record {|NAG2003:ReasonedV2|}(string Thought);
        static class History { [Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(old.Thought); }
        """);

    [Fact]
    public Task A_former_name_that_is_history_already_is_found() => Check.Finds(Family + """
        [PastEvent<RunEvent>("thought", 1)] public sealed record {|NAG2003:ThoughtV1|}(string Thought);
        [PastEvent<RunEvent>("reasoned", 1), FormerName("thought")] public sealed record {|NAG2003:ReasonedV1|}(string Thought);
        """);

    [Fact]
    public Task One_name_and_version_in_two_families_is_no_finding() => Check.Finds(Family + """
        [EventFamily("walk")] public abstract partial record WalkEvent { [Event] public sealed record Ended : WalkEvent; }
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record RunReasonedV1(string Thought);
        [PastEvent<WalkEvent>("reasoned", 1)] public sealed record WalkReasonedV1(string Thought);
        static class History
        {
            [Upcaster] internal static RunEvent.Reasoned Upcast(RunReasonedV1 old) => new(old.Thought);
            [Upcaster] internal static WalkEvent.Ended Upcast(WalkReasonedV1 old) => new();
        }
        """);
}
