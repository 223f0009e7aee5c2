using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UpcasterSignatureAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UpcasterSignatureAnalyzerTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event(Version = 2)] public sealed record Reasoned(string Thought) : RunEvent;
        }

        [EventFamily("walk")] public abstract partial record WalkEvent { [Event] public sealed record Ended : WalkEvent; }
        [PastEvent<RunEvent>("reasoned", 1)] public sealed record ReasonedV1(string Thought);
        public sealed record Stranger(string Thought);

        """;

    [Theory]
    [InlineData("[Upcaster] internal RunEvent.Reasoned {|NAG2004:Upcast|}(ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] private static RunEvent.Reasoned {|NAG2004:Upcast|}(ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}<T>(ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}() => new(\"\");")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(ref ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(Stranger old) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(ReasonedV1 old, DateTime at) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(ReasonedV1 old, Envelope at, int more) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static string {|NAG2004:Upcast|}(ReasonedV1 old) => old.Thought;")]
    [InlineData("[Upcaster] internal static Stranger {|NAG2004:Upcast|}(ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] internal static System.Threading.Tasks.Task<RunEvent> {|NAG2004:Upcast|}(ReasonedV1 old) => null;")]
    [InlineData("[Upcaster] internal static WalkEvent.Ended {|NAG2004:Upcast|}(ReasonedV1 old) => new();")]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(System.Text.Json.JsonElement json) => new(\"\");")]
    [InlineData("[Upcaster(\"reasoned\", 0)] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(System.Text.Json.JsonElement json) => new(\"\");")]
    [InlineData("[Upcaster(\"reasoned\", 1)] internal static RunEvent.Reasoned {|NAG2004:Upcast|}(ReasonedV1 old) => new(old.Thought);")]
    public Task A_method_that_no_chain_can_call_is_found(string method) => Check.Finds(Family + $"class History {{ {method} }}");

    [Theory]
    [InlineData("[Upcaster] internal static RunEvent.Reasoned Upcast(ReasonedV1 old) => new(old.Thought);")]
    [InlineData("[Upcaster] public static RunEvent Upcast(ReasonedV1 old, EventMetadata at) => new RunEvent.Reasoned(old.Thought);")]
    [InlineData("[Upcaster] internal static System.Collections.Generic.List<RunEvent.Reasoned> Upcast(in ReasonedV1 old, Envelope at) => [];")]
    [InlineData("[Upcaster] internal static RunEvent[] Upcast(ReasonedV1 old) => [];")]
    [InlineData("[Upcaster(\"reasoned\", 1)] internal static RunEvent.Reasoned Upcast(System.Text.Json.JsonElement json) => new(\"\");")]
    [InlineData("[Upcaster(\"reasoned\", 1)] internal static ReasonedV1 Upcast(System.Text.Json.JsonElement json, EventMetadata at) => new(\"\");")]
    [InlineData("internal RunEvent.Reasoned Upcast(ReasonedV1 old) => new(old.Thought);")]
    public Task Every_form_of_an_upcaster_is_fine(string method) => Check.Finds(Family + $"static class History {{ {method} }}");

    [Fact]
    public Task A_family_of_another_assembly_has_its_upcasters_there() => Check.FindsWith(
        """
        [EventFamily("run")] public abstract record RunEvent { [Event] public sealed record Ended : RunEvent; }
        """,
        """
        static class History { [Upcaster("ticked", 1)] internal static RunEvent.Ended {|NAG2004:Upcast|}(System.Text.Json.JsonElement json) => new(); }
        """);
}
