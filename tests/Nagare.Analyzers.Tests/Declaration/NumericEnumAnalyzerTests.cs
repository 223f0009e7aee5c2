using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.NumericEnumAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class NumericEnumAnalyzerTests
{
    [Fact]
    public Task An_enum_whose_converter_writes_numbers_is_found() => Check.Finds("""
        [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Mood>))]
        public enum Mood { Good, Bad }
        public sealed record Step(Mood? Mood);
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(Mood {|NAG0014:Mood|}, System.Collections.Generic.IReadOnlyList<Step> {|NAG0014:Steps|}) : RunEvent;
        }
        """);

    [Fact]
    public Task A_member_whose_converter_writes_numbers_is_found() => Check.Finds("""
        public enum Mood { Good, Bad }
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started : RunEvent
            {
                [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Mood>))]
                public Mood {|NAG0014:Mood|} { get; init; }
            }
        }
        """);

    [Fact]
    public Task A_context_that_writes_the_numbers_of_flags_without_separable_names_is_found() => Check.Finds("""
        using System.Text.Json.Serialization;
        [System.Flags]
        public enum Mark { [JsonStringEnumMemberName("a, b")] Both = 1, Other = 2 }
        [JsonSerializable(typeof(Mark))]
        internal sealed partial class RunJson : JsonSerializerContext
        {
            public RunJson(System.Text.Json.JsonSerializerOptions? options) : base(options) { }
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(System.Type type) => null;
        }
        [EventFamily("run", Json = typeof(RunJson))]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(Mark {|NAG0014:Mark|}) : RunEvent;
        }
        """);

    [Fact]
    public Task Names_are_stored_unless_somebody_says_otherwise() => Check.Finds("""
        public enum Mood { Good, Bad }
        [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Colour>))]
        public enum Colour { Red, Green }
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(Mood Mood, Colour? Colour, int Number) : RunEvent;
        }
        """);
}
