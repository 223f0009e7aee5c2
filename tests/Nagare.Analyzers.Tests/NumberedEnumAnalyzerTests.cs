using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.NumberedEnumAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class NumberedEnumAnalyzerTests
{
    [Fact]
    public Task An_enum_that_asks_for_numbers_is_refused_where_it_is_stored() => Check.Finds("""
        using System.Text.Json.Serialization;
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public sealed record Rated(Level {|NAG2024:Level|}, Level[] {|NAG2024:Earlier|}, Note Note, [property: JsonConverter(typeof(JsonNumberEnumConverter<Plain>))] Plain {|NAG2024:Plain|}) : RunEvent;
        public sealed record Note(Level? {|NAG2024:Level|});
        [JsonConverter(typeof(JsonNumberEnumConverter<Level>))]
        public enum Level { Low, High }
        public enum Plain { Low, High }
        """);

    [Fact]
    public Task An_enum_that_is_stored_by_name_is_fine() => Check.Finds("""
        using System.Text.Json.Serialization;
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public sealed record Rated(Level Level, Marked Marked) : RunEvent
        {
            public Other Computed => default;
        }
        public enum Level { Low, High }
        [JsonConverter(typeof(JsonStringEnumConverter))]
        public enum Marked { Low, High }
        [JsonConverter(typeof(JsonNumberEnumConverter<Other>))]
        public enum Other { Low, High }
        public sealed record NotStored(Other Other);
        """);
}
