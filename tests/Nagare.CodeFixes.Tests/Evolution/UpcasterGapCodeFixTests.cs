using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UpcasterGapAnalyzer, Nagare.CodeFixes.UpcasterGapCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UpcasterGapCodeFixTests
{
    private const string Family = """
        #nullable enable
        namespace Runs;

        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 3)] public sealed record Reasoned(string Thought, string Tool, double? Confidence) : RunEvent;
            [Event(Version = 2)] public sealed record Rated(long Stars, [FormerName("why")] string Because) : RunEvent;
            [Event(Version = 2)] public sealed record Skipped(int Count, string Reason) : RunEvent;
        }

        """;

    [Fact]
    public Task Every_past_event_gets_an_upcaster_to_the_next_version_in_one_class_and_what_nobody_said_is_asked() => Check.Makes(
        UpcasterGapCodeFix.WriteKey,
        [Family + """

            [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2001:ReasonedV1|}(string Thought, string Tool);
            [PastEvent<RunEvent>("reasoned", 2)] public sealed record {|NAG2001:ReasonedV2|}(string Thought, string Tool);
            [PastEvent<RunEvent>("rated", 1)] public sealed record {|NAG2001:RatedV1|}(int Stars, string Why);
            [PastEvent<RunEvent>("heartbeat", 1)] public sealed record {|NAG2001:HeartbeatV1|}(long Tick);
            [PastEvent<RunEvent>("skipped", 1)] public sealed record {|NAG2001:SkippedV1|}(int Count);

            """],
        [Family + """

            internal static class RunUpcasters
            {
                [Upcaster]
                internal static ReasonedV2 Upcast(ReasonedV1 old) => new(Thought: old.Thought, Tool: old.Tool);

                [Upcaster]
                internal static RunEvent.Reasoned Upcast(ReasonedV2 old) => new(Thought: old.Thought, Tool: old.Tool, Confidence: null);

                [Upcaster]
                internal static RunEvent.Rated Upcast(RatedV1 old) => new(Stars: old.Stars, Because: old.Why);

                [Upcaster]
                internal static System.Collections.Generic.IEnumerable<RunEvent> Upcast(HeartbeatV1 old) => [];

                [Upcaster]
                internal static RunEvent.Skipped Upcast(SkippedV1 old) => throw new System.NotImplementedException("Say what 'Reason' was before this version.");
            }

            [PastEvent<RunEvent>("reasoned", 1)] public sealed record ReasonedV1(string Thought, string Tool);
            [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought, string Tool);
            [PastEvent<RunEvent>("rated", 1)] public sealed record RatedV1(int Stars, string Why);
            [PastEvent<RunEvent>("heartbeat", 1)] public sealed record HeartbeatV1(long Tick);
            [PastEvent<RunEvent>("skipped", 1)] public sealed record SkippedV1(int Count);

            """]);

    [Fact]
    public Task It_joins_the_upcasters_that_are_there() => Check.Makes(
        UpcasterGapCodeFix.WriteKey,
        [Family.Replace("(Version = 2)", "", StringComparison.Ordinal) + """

            [PastEvent<RunEvent>("reasoned", 1)] public sealed record {|NAG2001:ReasonedV1|}(string Thought, string Tool);
            [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought, string Tool);

            public static class History
            {
                [Upcaster]
                public static RunEvent.Reasoned Today(ReasonedV2 old) => new(old.Thought, old.Tool, null);
            }

            """],
        [Family.Replace("(Version = 2)", "", StringComparison.Ordinal) + """

            [PastEvent<RunEvent>("reasoned", 1)] public sealed record ReasonedV1(string Thought, string Tool);
            [PastEvent<RunEvent>("reasoned", 2)] public sealed record ReasonedV2(string Thought, string Tool);

            public static class History
            {
                [Upcaster]
                public static RunEvent.Reasoned Today(ReasonedV2 old) => new(old.Thought, old.Tool, null);

                [Upcaster]
                internal static ReasonedV2 Upcast(ReasonedV1 old) => new(Thought: old.Thought, Tool: old.Tool);
            }

            """]);

    [Fact]
    public Task A_version_of_which_nothing_is_known_is_nobodys_guess() => Check.OffersNothing("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record {|NAG2001:Ended|}(string Answer) : RunEvent;
        }
        """);
}
