using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnstorableMemberAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnstorableMemberAnalyzerTests
{
    [Fact]
    public Task A_type_that_no_codec_covers_is_found_at_the_member() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, Uri {|NAG0007:Source|}, object {|NAG0007:Anything|}) : RunEvent;
        }
        """);

    [Fact]
    public Task Deep_inside_a_member_it_is_found_at_the_events_own() => Check.Finds("""
        public sealed record Page(string Title, Uri Address);
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(System.Collections.Generic.IReadOnlyList<Page> {|NAG0007:Pages|}) : RunEvent;
        }
        """);

    [Fact]
    public Task Tuples_delegates_and_keys_that_are_no_text_are_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started((int, int) {|NAG0007:Range|}, Action {|NAG0007:Callback|}, System.Collections.Generic.Dictionary<int, string> {|NAG0007:ByNumber|}) : RunEvent;
        }
        """);

    [Fact]
    public Task A_constructor_that_no_property_feeds_is_found_at_the_event() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record {|NAG0007:Started|} : RunEvent
            {
                public Started(string text) => Prompt = text;
                public string Prompt { get; }
            }
        }
        """);

    [Fact]
    public Task Everything_in_the_grammar_is_fine() => Check.Finds("""
        public enum Mood { Good, Bad }
        public readonly record struct Money(decimal Amount, string Currency);
        public sealed record Step(string Tool, Mood? Mood, Money Cost);
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(
                string? Prompt, int Count, decimal Cost, Guid Id, DateTimeOffset At, TimeSpan Took, byte[] Image, char Letter,
                Mood Mood, Money? Total, System.Collections.Immutable.ImmutableList<Step> Steps, System.Collections.Generic.IReadOnlyDictionary<string, Money> Costs,
                System.Text.Json.JsonElement Raw) : RunEvent;
        }
        """);

    [Fact]
    public Task A_context_of_the_family_takes_what_the_grammar_does_not() => Check.Finds("""
        [System.Text.Json.Serialization.JsonSerializable(typeof(Uri))]
        public sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        [EventFamily("run", Json = typeof(Json))]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(Uri Source) : RunEvent;
        }
        """);

    [Fact]
    public Task An_ignored_member_is_not_stored() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent { [System.Text.Json.Serialization.JsonIgnore] public Uri? Source { get; init; } }
        }
        """);

    [Fact]
    public Task An_enum_by_number_is_left_to_its_own_rule() => Check.Finds("""
        [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Mood>))]
        public enum Mood { Good, Bad }
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(Mood Mood) : RunEvent;
        }
        """);
}
