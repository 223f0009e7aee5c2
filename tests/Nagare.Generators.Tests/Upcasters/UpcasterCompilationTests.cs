using Nagare.Generators.Tests.Driving;

namespace Nagare.Generators.Tests.Upcasters;

/// <summary>Forms of history that generated code must hold together.</summary>
public sealed class UpcasterCompilationTests
{
    private const string Family = """
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text.Json;
        using Nagare;
        [EventFamily("run"), FormerName("walk")]
        public abstract partial record RunEvent
        {
            [Event("reasoned", Version = 9), FormerName("thought"), FormerName("idea")]
            public sealed record Reasoned([property: FormerName("text")] string Thought, Kind @class = Kind.@new) : RunEvent;
        }
        [System.Flags] public enum Kind { [FormerName("old")] @new = 1, [FormerName("older"), FormerName("oldest")] Second = 2 }
        public abstract partial record Closed { [EventFamily("closed")] private abstract partial record Inner { [Event] internal sealed record Happened : Inner; } }

        """;

    [Theory]
    [InlineData("[Upcaster] internal static P2 Up(P1 old) => new(old.A); [Upcaster] internal static List<P3> Up(P2 old, Envelope at) => []; [Upcaster] internal static RunEvent[] Up(P3 old, EventMetadata at) => [];")]
    [InlineData("[Upcaster] internal static ImmutableArray<P2> Up(P1 old) => []; [Upcaster] internal static P3 Up(P2 old) => new(old.A); [Upcaster] internal static RunEvent.Reasoned Up(P3 old) => new(old.A);")]
    [InlineData("[Upcaster] internal static IEnumerable<P2> Up(in P1 old) => []; [Upcaster] internal static IEnumerable<P3> Up(P2 old) => []; [Upcaster] internal static IEnumerable<RunEvent.Reasoned> Up(P3 old) => [];")]
    [InlineData("[Upcaster(\"raw\\\"\\n\", 1)] internal static P3 @class(JsonElement @event, Envelope at) => new(\"\"); [Upcaster] public static RunEvent Up(P3 old) => new RunEvent.Reasoned(old.A);")]
    public void Chains_of_every_form_compile_without_a_warning(string upcasters) => Compiles(Family + $$"""
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record P1(string A);
        [PastEvent<RunEvent>("reasoned", 2), FormerName("considered")] internal sealed record P2(string A);
        public static partial class @namespace { [PastEvent<RunEvent>("reasoned", 3)] public sealed record @record(string A); }
        [PastEvent<RunEvent>("reasoned", 4)] public sealed record P3(string A);
        public static class History { {{upcasters}} }
        """);

    [Theory]
    [InlineData("[Upcaster] internal static P1 Up(P1 old) => old;")]
    [InlineData("[Upcaster] internal static P2 Up(P1 old) => new(old.A); [Upcaster] internal static P1 Back(P2 old) => new(old.A);")]
    [InlineData("[Upcaster] internal static P2 Up(P1 old) => new(old.A);")]
    [InlineData("[Upcaster] internal static RunEvent Up(P1 old) => new RunEvent.Reasoned(\"\"); [Upcaster] internal static RunEvent Or(P1 old) => new RunEvent.Reasoned(\"\");")]
    [InlineData("[Upcaster] internal static string Up(P1 old) => \"\"; [Upcaster] internal RunEvent Or(P1 old) => null!; [Upcaster] private static RunEvent None() => null!;")]
    public void What_a_rule_refuses_still_generates_code_that_compiles(string upcasters) => Compiles(Family + $$"""
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record P1(string A);
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record P2(string A);
        [PastEvent<RunEvent>("reasoned", 0)] public sealed record P0(System.Uri A);
        [PastEvent<RunEvent>("generic", 1)] public sealed record P0<T>(T A);
        public class History { {{upcasters}} }
        """);

    private static void Compiles(string source) => Assert.Empty(Compiling.Diagnose(Compiling.Compile(source)));
}
