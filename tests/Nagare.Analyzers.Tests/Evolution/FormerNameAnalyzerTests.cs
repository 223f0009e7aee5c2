using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.FormerNameAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class FormerNameAnalyzerTests
{
    [Fact]
    public Task A_former_name_under_which_another_event_is_stored_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event, FormerName("ended")] public sealed record {|NAG2006:Finished|}(string Why) : RunEvent;
            [Event] public sealed record Ended(string How) : RunEvent;
        }
        """);

    [Fact]
    public Task A_former_name_that_another_member_has_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Ended([FormerName("why")] string {|NAG2006:Reason|}, string Why) : RunEvent
            {
                [FormerName("mood")] public string {|NAG2006:Humour|} { get; init; } = "";
                [FormerName("mood")] public string {|NAG2006:Temper|} { get; init; } = "";
            }
        }
        """);

    [Fact]
    public Task Versions_tell_two_events_of_one_name_apart() => Check.Finds("""
        [EventFamily("run"), FormerName("walk")]
        public abstract partial record RunEvent
        {
            [Event, FormerName("ended")] public sealed record Finished([FormerName("cause")] string Why) : RunEvent;
            [Event(Version = 2)] public sealed record Ended(string How) : RunEvent;
        }
        """);
}
