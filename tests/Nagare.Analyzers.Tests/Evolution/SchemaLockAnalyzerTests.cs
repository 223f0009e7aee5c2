using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Nagare.Schema;

namespace Nagare.Analyzers.Tests;

public class SchemaLockAnalyzerTests
{
    [Theory]
    [InlineData("string Tool", "string Tool, string? {|NAG2023:Note|}")]
    [InlineData("string Tool", "string Tool, int {|NAG2023:Calls|} = 1")]
    [InlineData("string Tool", "string Tool, int {|NAG2020:Calls|}")]
    [InlineData("string Note", "string {|NAG2026:Remark|}")]
    [InlineData("string Note", "[FormerName(\"note\")] string {|NAG2021:Remark|}")]
    [InlineData("[property: JsonPropertyName(\"userid\")] string UserId", "string {|NAG2026:UserId|}")]
    [InlineData("string Note", "[property: JsonPropertyName(\"note\")] string Remark")]
    [InlineData("string Tool, int Calls", "int Calls, string Tool")]
    [InlineData("int Calls", "long {|NAG2021:Calls|}")]
    [InlineData("long Calls", "int {|NAG2020:Calls|}")]
    [InlineData("decimal Usd", "double {|NAG2020:Usd|}")]
    [InlineData("int Calls", "string {|NAG2020:Calls|}")]
    [InlineData("string Tool", "string[] {|NAG2020:Tool|}")]
    [InlineData("DateTime At", "DateTimeOffset {|NAG2020:At|}")]
    [InlineData("int Calls", "int? {|NAG2021:Calls|}")]
    [InlineData("string? Note", "string {|NAG2020:Note|}")]
    [InlineData("int Calls = 1", "int {|NAG2020:Calls|} = 2")]
    [InlineData("int Calls = 1", "int {|NAG2020:Calls|}")]
    [InlineData("Red Color", "RedGreen {|NAG2021:Color|}")]
    [InlineData("RedGreen Color", "Red {|NAG2020:Color|}")]
    [InlineData("List<Part> Parts", "List<WidePart> Parts")]
    [InlineData("List<WidePart> Parts", "List<Part> Parts")]
    public Task A_changed_member_is_found_where_it_stands(string before, string after) => SchemaLockTest.FindsAgainst(Family(before), Family(after));

    [Theory]
    [InlineData("public IReadOnlyList<string> Labels { get; init; } = [];", "public IReadOnlyList<string> Labels { get; init; } = Array.Empty<string>();")]
    [InlineData("public List<string> Labels { get; init; } = new();", "public List<string> Labels { get; init; } = [];")]
    [InlineData("public string[] Labels { get; init; } = [];", "public string[] Labels { get; init; } = new string[] { };")]
    [InlineData("public string Label { get; init; } = \"\";", "public string Label { get; init; } = string.Empty;")]
    [InlineData("public Red Color { get; init; } = Red.Red;", "public Red Color { get; init; } = global::Red.Red;")]
    [InlineData("public double Weight { get; init; } = -1.50;", "public double Weight { get; init; } = -1.5;")]
    [InlineData("public string Label { get; init; } = \"\";", "public string {|NAG2020:Label|} { get; init; } = \"none\";")]
    [InlineData("public IReadOnlyList<string> Labels { get; init; } = [];", "public IReadOnlyList<string> {|NAG2020:Labels|} { get; init; } = [\"none\"];")]
    public Task A_default_is_what_it_stands_for_however_it_is_written(string before, string after) => SchemaLockTest.FindsAgainst(Body(before), Body(after));

    [Fact]
    public Task A_member_that_is_gone_is_found_at_the_event() => SchemaLockTest.FindsAgainst(
        Family("string Tool, string? Note, int Calls"),
        Family("string Tool").Replace("Called(", "{|NAG2021:{|NAG2023:Called|}|}(", StringComparison.Ordinal));

    [Fact]
    public Task An_event_that_is_new_is_missing_from_the_lock() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool") + "[Event] public sealed record {|NAG2022:Ended|}(string Answer) : RunEvent;");

    [Fact]
    public Task An_event_that_is_gone_is_found_at_its_family() => SchemaLockTest.FindsAgainst(
        Family("string Tool") + "[Event] public sealed record Ended(string Answer) : RunEvent;",
        Family("string Tool").Replace("record RunEvent", "record {|NAG2020:RunEvent|}", StringComparison.Ordinal));

    [Fact]
    public Task An_event_under_a_new_name_is_found_at_the_event() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool").Replace("[Event]", "[Event(\"called-up\")]", StringComparison.Ordinal).Replace("Called(", "{|NAG2026:Called|}(", StringComparison.Ordinal));

    [Fact]
    public Task A_C_sharp_rename_under_a_pinned_name_is_nobodys_business() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool").Replace("[Event]", "[Event(\"called\")]", StringComparison.Ordinal).Replace("Called(", "Invoked(", StringComparison.Ordinal));

    [Fact]
    public Task A_version_without_a_way_from_the_old_one_is_refused() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool, int Calls").Replace("[Event]", "[Event(Version = 2)]", StringComparison.Ordinal).Replace("Called(", "{|NAG2020:Called|}(", StringComparison.Ordinal));

    [Fact]
    public Task A_version_with_history_record_is_recorded() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool, int Calls").Replace("[Event]", "[Event(Version = 2)]", StringComparison.Ordinal).Replace("Called(", "{|NAG2022:Called|}(", StringComparison.Ordinal) + """
            [PastEvent<RunEvent>("called", 1)] public sealed record CalledV1(string Tool);
            static class Upcasters { [Upcaster] internal static RunEvent Upcast(CalledV1 old) => null!; }
            """);

    [Fact]
    public Task History_of_which_nothing_is_left_is_missing_from_the_lock_too() => SchemaLockTest.FindsAgainst(
        Family("string Tool"),
        Family("string Tool") + """
            [PastEvent<RunEvent>("halted", 1)] public sealed record {|NAG2022:HaltedV1|}(string Why);
            static class Upcasters
            {
                [Upcaster] internal static RunEvent Upcast(HaltedV1 old) => null!;
                [Upcaster("stopped", 1)] internal static RunEvent {|NAG2022:UpcastStopped|}(System.Text.Json.JsonElement old) => null!;
            }
            """);

    [Fact]
    public Task A_draft_may_change_freely_and_is_updated() => SchemaLockTest.Finds(
        SchemaLockTest.Locked(Family("long Calls")).ToString(),
        Family("int {|NAG2023:Calls|}"));

    [Fact]
    public Task Code_and_lock_that_agree_are_not_nagged_about() => SchemaLockTest.FindsAgainst(Family("string Tool, RedGreen Color, List<Part> Parts"), Family("string Tool, RedGreen Color, List<Part> Parts"));

    [Fact]
    public Task Without_a_lock_a_family_is_told() => SchemaLockTest.Finds(null, Family("string Tool").Replace("record RunEvent", "record {|NAG2027:RunEvent|}", StringComparison.Ordinal));

    [Fact]
    public Task A_lock_that_cannot_be_read_is_an_error_at_its_line() => SchemaLockTest.Finds(
        "nagare-schema 1\n\nfamly run\n",
        Family("string Tool"),
        new DiagnosticResult(SchemaLockRules.UnreadableId, DiagnosticSeverity.Error).WithSpan(SchemaLock.FileName, 3, 1, 3, 10));

    [Fact]
    public void The_message_names_the_line_and_the_way_out()
    {
        var change = Assert.Single(SchemaComparison.Compare(SchemaLockTest.Locked(Family("long Calls")).Seal(), SchemaLockTest.Locked(Family("int Calls"))));

        Assert.Equal(
            "run/called version 1, calls: number narrowed (every new value fits the old type) ('member calls int64' → 'member calls int32'); stored events could not be read: bump the version and write an upcaster from the old shape",
            string.Format(null, SchemaLockRules.Of(change)!.MessageFormat.ToString(), SchemaLockRules.Arguments(SchemaLockRules.Of(change)!, change)));
    }

    private static string Family(string members) => $$"""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public sealed record Called({{members}}) : RunEvent;
        public enum Red { Red }
        public enum RedGreen { Red, Green }
        public sealed record Part(string Name);
        public sealed record WidePart(string Name);

        """;

    private static string Body(string property) => $$"""
        [EventFamily("run")]
        public abstract partial record RunEvent;
        [Event] public sealed record Called(string Tool) : RunEvent
        {
            {{property}}
        }
        public enum Red { Blue, Red }

        """;
}
