using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.NumericEnumAnalyzer, Nagare.CodeFixes.NumericEnumCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class NumericEnumCodeFixTests
{
    [Fact]
    public Task The_converter_goes_from_enum_and_member() => Check.Makes(
        "NAG0014.Fix",
        ["""
            [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Mood>))]
            public enum Mood { Good, Bad }
            public enum Colour { Red }
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event]
                public sealed record Started(Mood {|NAG0014:Mood|}) : RunEvent
                {
                    [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Colour>))]
                    public Colour {|NAG0014:Colour|} { get; init; }
                }
            }
            """],
        ["""
            public enum Mood { Good, Bad }
            public enum Colour { Red }
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event]
                public sealed record Started(Mood Mood) : RunEvent
                {
                    public Colour Colour { get; init; }
                }
            }
            """]);
}
