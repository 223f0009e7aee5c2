namespace Nagare.Generators.Tests.Driving;

public sealed class CompilationTests
{
    [Fact]
    public void Generated_code_compiles_without_a_warning() => Compiles(UsersCode.Events, UsersCode.Aggregate, UsersCode.Dispatch, UsersCode.History);

    [Fact]
    public void It_needs_no_usings() => Compiles("""
        [Nagare.EventFamily("bare")]
        public abstract partial record Bare
        {
            [Nagare.Event]
            public sealed record Happened(System.Collections.Generic.List<System.DateTime> At, System.Collections.Immutable.ImmutableDictionary<string, int?> Counts) : Bare;
        }
        """);

    [Fact]
    public void It_stores_obsolete_events_and_members() => Compiles("""
        using System;
        using Nagare;
        namespace Old;
        [EventFamily("old")]
        public abstract partial record OldEvent
        {
            [Event, Obsolete("Nobody records it any more.")]
            public sealed record Retired([property: Obsolete("Unused.")] string Why) : OldEvent;
        }
        """);

    [Fact]
    public void It_is_not_confused_by_types_named_like_namespaces() => Compiles("""
        namespace Confusing
        {
            public sealed class System;
            public sealed class Nagare;
            public sealed class String;

            [global::Nagare.EventFamily("confusing")]
            public abstract partial record Confused
            {
                [global::Nagare.Event]
                public sealed record System(int Int32, string String, global::System.Guid Guid) : Confused;
            }

            [global::Nagare.EventModel]
            public sealed partial class Model;
        }
        """);

    [Fact]
    public void It_escapes_names_that_are_keywords() => Compiles("""
        using Nagare;
        namespace @namespace.@record;
        [EventFamily("keyword")]
        public abstract partial record @abstract
        {
            [Event, Explain("{class} {int.new}")]
            public sealed record @event(string @class, @struct? @int, int @value, int reader, @enum @members) : @abstract
            {
                public required string @required { get; init; }
                public int @field { get; init; }
            }
        }
        public sealed record @struct(int @new);
        public enum @enum { @true, @false }
        [EventModel] public sealed partial class @partial;
        """);

    [Fact]
    public void Members_may_be_called_like_what_a_converter_holds() => Compiles("""
        using Nagare;
        namespace Converters;
        [EventFamily("converter")]
        public abstract partial record ConverterEvent
        {
            [Event, Explain("{Event} {StoredAs}")]
            public sealed record Named(int Event, int EventType, int StoredAs, int Schema, int SchemaVersion, int Members, int Read, int Write, int Explain) : ConverterEvent;
        }
        """);

    [Fact]
    public void It_lives_beside_generic_and_file_local_neighbours() => Compiles("""
        using Nagare;
        namespace Crowded;
        [EventFamily("crowded")]
        public abstract partial record Crowd
        {
            [Event] public sealed record Joined(Page<string> Page, Page<Page<int?>> Pages) : Crowd;
            public sealed record Joined<T>(T Value);
        }
        public sealed record Page<T>(T Item, int Number);
        public sealed class Crowd<T>;
        file sealed class Joined;
        file sealed record Hidden(int Number);
        """);

    [Fact]
    public void Two_families_may_be_spread_over_files_and_share_types() => Compiles(
        """
        using Nagare;
        namespace Spread;
        [EventFamily("left")]
        public abstract partial record Left;
        public sealed record Shared(int Number);
        """,
        """
        using Nagare;
        namespace Spread;
        [EventFamily("right")]
        public abstract partial record Right
        {
            [Event] public sealed record Happened(Shared Shared) : Right;
        }
        public abstract partial record Left
        {
            [Event] public sealed record Happened(Shared? Shared) : Left;
        }
        [EventModel] public sealed partial class Model;
        """,
        """
        using Nagare;
        namespace Elsewhere;
        [Event] public sealed record Apart(Spread.Shared Shared) : Spread.Left;
        public static class Holder
        {
            [Event] internal sealed record Inside(int Number) : Spread.Left;
        }
        """);

    [Fact]
    public void Private_events_are_reached_through_the_partial_types_around_them() => Compiles("""
        using Nagare;
        namespace Closed;
        public abstract partial record Outer
        {
            private partial class Middle
            {
                private sealed record Value(int Number);

                [Event] private sealed record Deep(Value Value) : Family;
            }

            [Event] protected sealed record Guarded(int Number) : Family;
        }
        [EventFamily("closed")]
        public abstract partial record Family
        {
            [Event] private sealed record Own(string Text) : Family;
        }
        [EventModel] internal sealed partial class Model;
        """);

    [Fact]
    public void A_lambda_may_return_an_event_or_a_rejection() => Compiles(UsersCode.Events, """
        using Nagare;
        namespace Shop;
        public static class Deciding
        {
            public static System.Func<bool, Decision> Decide { get; } = late => late ? Decision.Reject("too late") : new OrderEvent.Cancelled("because");
        }
        """);

    [Fact]
    public void Another_assembly_cannot_add_an_event_to_a_family()
    {
        var family = Compiling.Generate(Compiling.Compile(UsersCode.Events));
        var stranger = Compiling.Compile("public sealed record Stranger : Shop.OrderEvent;").AddReferences(family.ToMetadataReference());

        Assert.Contains(stranger.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id == "CS0122");
    }

    [Theory]
    [InlineData("System.Uri Link", "", "Family.Linked.Link is of type System.Uri, which no codec covers: name a JsonSerializerContext")]
    [InlineData("Warm Link", "[JsonConverter(typeof(WarmConverter))] public sealed record Warm(int Degrees);", "Family.Linked.Link is of type Warm, which no codec covers")]
    [InlineData("Warm Link", "public sealed record Warm([property: JsonConverter(typeof(WarmConverter))] int Degrees, int Sensor);", "Family.Linked.Link is of type Warm, which no codec covers")]
    [InlineData("Warm Link", "public sealed class MineAttribute : JsonConverterAttribute; [Mine] public sealed record Warm(int Degrees);", "Family.Linked.Link is of type Warm, which no codec covers")]
    [InlineData("[property: JsonConverter(typeof(WarmConverter))] int Link", "", "Family.Linked.Link has a [JsonConverter] of its own, which no codec calls")]
    [InlineData("Warm Link", "[System.Flags] public enum Warm { [JsonStringEnumMemberName(\"a,b\")] A = 1, B = 2 }", "Family.Linked.Link is of type Warm, which no codec covers")]
    public void What_no_codec_covers_fails_when_the_model_is_listed(string member, string type, string problem)
    {
        var generated = Compiling.Generate(Compiling.Compile($$"""
            using System.Text.Json.Serialization;
            [Nagare.EventFamily("open")]
            public abstract partial record Family { [Nagare.Event] public sealed record Linked({{member}}) : Family; }
            public sealed class WarmConverter;
            {{type}}
            """));

        Assert.Contains(generated.SyntaxTrees, tree => tree.ToString().Contains("open/linked cannot be stored: " + problem, StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_with_a_converter_of_its_own_fails_when_the_model_is_listed()
    {
        var generated = Compiling.Generate(Compiling.Compile("""
            using System.Text.Json.Serialization;
            [Nagare.EventFamily("open")]
            public abstract partial record Family { [Nagare.Event, JsonConverter(typeof(OwnConverter))] public sealed record Converted(int Number) : Family; }
            public sealed class OwnConverter;
            """));

        Assert.Contains(generated.SyntaxTrees, tree => tree.ToString().Contains("open/converted cannot be stored: Family.Converted has a [JsonConverter] of its own", StringComparison.Ordinal));
    }

    [Fact]
    public void Flags_of_every_width_compile() => Compiles("""
        [Nagare.EventFamily("flags")]
        public abstract partial record Family { [Nagare.Event] public sealed record Set(A A, B B, C C, D D, E E) : Family; }
        [System.Flags] public enum A : byte { None, Some = 1, Last = 128 }
        [System.Flags] public enum B : sbyte { Low = -128, One = 1 }
        [System.Flags] public enum C : long { Low = long.MinValue, One = 1 }
        [System.Flags] public enum D : ulong { High = 1UL << 63, @new = 1 }
        [System.Flags] public enum E { }
        """);

    private static void Compiles(params string[] sources) =>
        Assert.Empty(Compiling.Diagnose(Compiling.Compile(sources)));
}
