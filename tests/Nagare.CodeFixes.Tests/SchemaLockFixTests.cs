using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Nagare.Analyzers;

namespace Nagare.CodeFixes.Tests;

/// <summary>What the fixes make of code and lock, one by one and all at once.</summary>
public class SchemaLockFixTests
{
    private const string Header = "nagare-schema 1  # what stored events look like; written by 'nagare schema update' and the code fixes, read in review\n";

    private const string Usings = "using System;\nusing Nagare;\n";

    private const string Locked = Header + """

        family run  # Runs.RunEvent

        event run called 1 sealed  # Runs.RunEvent.Called
          member calls int64  # Calls
          member tool string  # Tool

        event run ended 1 sealed  # Runs.RunEvent.Ended
          member answer string  # Answer

        """;

    [Fact]
    public Task New_events_are_added_as_drafts() => Makes<SchemaLockCodeFix>(
        SchemaLockCodeFix.RecordKey,
        Family("""
            [Event] public sealed record Called(string Tool, long Calls) : RunEvent;
            [Event] public sealed record Ended(string Answer) : RunEvent;
            [Event] public sealed record {|NAG2022:Failed|}(string Error, Kind Kind) : RunEvent;
            [Event] public sealed record {|NAG2022:Started|}(string? Prompt = null) : RunEvent;
            """),
        Locked,
        null,
        Header + """

            family run  # Runs.RunEvent

            event run called 1 sealed  # Runs.RunEvent.Called
              member calls int64  # Calls
              member tool string  # Tool

            event run ended 1 sealed  # Runs.RunEvent.Ended
              member answer string  # Answer

            event run failed 1 draft  # Runs.RunEvent.Failed
              member error string  # Error
              member kind enum kind  # Kind

            event run started 1 draft  # Runs.RunEvent.Started
              member prompt string? optional  # Prompt

            enum kind draft  # Runs.Kind
              name Bad
              name Worse

            """);

    [Fact]
    public Task Safe_changes_are_recorded_and_names_that_are_gone_are_retired() => Makes<SchemaLockCodeFix>(
        SchemaLockCodeFix.RecordKey,
        Family("""
            [Event] public sealed record {|NAG2021:Called|}(string Tool, string? {|NAG2023:Note|}) : RunEvent;
            [Event] public sealed record Ended(string? {|NAG2021:Answer|}) : RunEvent;
            """),
        Locked,
        null,
        Header + """

            family run  # Runs.RunEvent

            event run called 1 sealed  # Runs.RunEvent.Called
              member note string? optional draft  # Note
              member tool string  # Tool
              retired calls

            event run ended 1 sealed  # Runs.RunEvent.Ended
              member answer string? optional  # Answer

            """);

    [Fact]
    public Task A_draft_follows_the_code() => Makes<SchemaLockCodeFix>(
        SchemaLockCodeFix.RecordKey,
        Family("""
            [Event] public sealed record Called(string Tool, int {|NAG2023:Calls|}) : RunEvent;
            [Event] public sealed record Ended(string Answer) : RunEvent;
            """),
        Locked.Replace("called 1 sealed", "called 1 draft", StringComparison.Ordinal),
        null,
        Locked.Replace("called 1 sealed", "called 1 draft", StringComparison.Ordinal).Replace("calls int64", "calls int32", StringComparison.Ordinal));

    [Fact]
    public Task A_former_name_is_put_on_what_was_renamed() => Makes<FormerNameCodeFix>(
        FormerNameCodeFix.FormerNameKey,
        Family("""
            [Event] public sealed record Called(string {|NAG2026:Instrument|}, long Calls) : RunEvent;
            [Event("finished")] public sealed record {|NAG2026:Finished|}(string Answer) : RunEvent;
            """),
        Locked,
        Family("""
            [Event] public sealed record {|NAG2021:Called|}([FormerName("tool")] string Instrument, long Calls) : RunEvent;
            [FormerName("ended")] [Event("finished")] public sealed record {|NAG2021:Finished|}(string Answer) : RunEvent;
            """).Replace("{|NAG2021:Called|}", "Called", StringComparison.Ordinal).Replace("string Instrument", "string {|NAG2021:Instrument|}", StringComparison.Ordinal),
        Locked);

    [Fact]
    public Task A_name_that_is_no_former_one_is_retired() => Makes<FormerNameCodeFix>(
        FormerNameCodeFix.RetireKey,
        Family("""
            [Event] public sealed record Called(string? {|NAG2026:Remark|}) : RunEvent;
            """),
        Locked.Replace("  member calls int64  # Calls\n  member tool string  # Tool\n", "  member note string? optional  # Note\n", StringComparison.Ordinal)[..^"\nevent run ended 1 sealed  # Runs.RunEvent.Ended\n  member answer string  # Answer\n".Length],
        Family("""
            [Event] public sealed record Called(string? {|NAG2023:Remark|}) : RunEvent;
            """),
        Header + """

            family run  # Runs.RunEvent

            event run called 1 sealed  # Runs.RunEvent.Called
              retired note

            """);

    [Fact]
    public Task A_break_is_kept_readable_by_a_version_a_history_record_and_an_upcaster() => Makes<VersionBumpCodeFix>(
        VersionBumpCodeFix.BumpKey,
        Family("""
            [Event] public sealed record Called(string Tool, string {|NAG2020:Calls|}) : RunEvent;
            [Event("ended")] public sealed record Ended(string Answer, int {|NAG2020:Tokens|}) : RunEvent;
            """),
        Locked,
        Family("""
            [Event(Version = 2)] public sealed record {|NAG2022:Called|}(string Tool, string Calls) : RunEvent;
            [Event("ended", Version = 2)] public sealed record {|NAG2022:Ended|}(string Answer, int Tokens) : RunEvent;
            """, """

            [PastEvent<RunEvent>("called", 1)]
            public sealed record CalledV1(long Calls, string Tool);

            [PastEvent<RunEvent>("ended", 1)]
            public sealed record EndedV1(string Answer);

            internal static class RunUpcasters
            {
                [Upcaster]
                internal static RunEvent.Called Upcast(CalledV1 old) => new(Tool: old.Tool, Calls: old.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture));

                [Upcaster]
                internal static RunEvent.Ended Upcast(EndedV1 old) => throw new System.NotImplementedException("Say what 'Tokens' was before this version.");
            }

            """),
        Locked);

    [Fact]
    public Task An_event_that_is_gone_is_kept_as_history_that_means_nothing() => Makes<VersionBumpCodeFix>(
        VersionBumpCodeFix.BumpKey,
        Family("""
            [Event] public sealed record Called(string Tool, long Calls) : RunEvent;
            """).Replace("record RunEvent", "record {|NAG2020:RunEvent|}", StringComparison.Ordinal),
        Locked,
        Family("""
            [Event] public sealed record Called(string Tool, long Calls) : RunEvent;
            """, """

            [PastEvent<RunEvent>("ended", 1)]
            public sealed record EndedV1(string Answer);

            internal static class RunUpcasters
            {
                [Upcaster]
                internal static System.Collections.Generic.IEnumerable<RunEvent> Upcast(EndedV1 old) => [];
            }

            """).Replace("record RunEvent", "record {|NAG2023:RunEvent|}", StringComparison.Ordinal),
        Locked);

    private static string Family(string events, string behind = "") =>
        $"namespace Runs;\n\npublic enum Kind {{ Bad, Worse }}\n\n[EventFamily(\"run\")]\npublic abstract partial record RunEvent\n{{\n    {events.Replace("\n", "\n    ", StringComparison.Ordinal)}\n}}\n{behind}";

    private static async Task Makes<TFix>(string key, string before, string lockBefore, string? after, string lockAfter)
        where TFix : CodeFixProvider, new()
    {
        var test = new NullableTest<TFix>
        {
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            CodeActionEquivalenceKey = key,
            TestCode = Usings + before,
            FixedCode = Usings + (after ?? System.Text.RegularExpressions.Regex.Replace(before, @"\{\|NAG\d+:|\|\}", "")),
            NumberOfFixAllIterations = 1,
            NumberOfFixAllInDocumentIterations = 1,
            NumberOfFixAllInProjectIterations = 1,
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck,
            CodeActionValidationMode = Microsoft.CodeAnalysis.Testing.CodeActionValidationMode.None,
        };
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location));
        test.TestState.AdditionalFiles.Add(("nagare.schema", lockBefore));
        test.FixedState.AdditionalFiles.Add(("nagare.schema", lockAfter));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class NullableTest<TFix> : CSharpCodeFixTest<SchemaLockAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        protected override CompilationOptions CreateCompilationOptions() => ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable);
    }
}
