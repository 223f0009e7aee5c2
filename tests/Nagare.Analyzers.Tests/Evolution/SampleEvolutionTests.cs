using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nagare.Schema;

namespace Nagare.Analyzers.Tests;

/// <summary>The sample's own events against the sample's own lock: in agreement as committed, and found when one is broken.</summary>
public class SampleEvolutionTests
{
    private static readonly string Folder = Checkout.File("samples", "AgentRun");

    [Fact]
    public async Task The_sample_and_its_lock_agree() => Assert.Empty(await Findings("", ""));

    [Theory]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted(string Reason, int Code)", "NAG2020")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted(string Reason, int? Code)", "NAG2023")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted(string Cause)", "NAG2026")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted([FormerName(\"reason\")] string Cause)", "NAG2021")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted(string? Reason)", "NAG2021")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Aborted(string[] Reason)", "NAG2020")]
    [InlineData("public sealed record Aborted(string Reason)", "public sealed record Stopped(string Reason)", "NAG2026")]
    [InlineData("long? TokensIn = null", "int? TokensIn = null", "NAG2020")]
    [InlineData("int? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;", "long? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;", "NAG2021")]
    [InlineData("int Calls = 0", "int Calls = 1", "NAG2020")]
    [InlineData("int Calls = 0", "string Calls = \"\"", "NAG2020")]
    [InlineData("decimal? Score", "decimal Score", "NAG2020")]
    [InlineData("[EventFamily(\"agent-run\")]", "[EventFamily(\"agent-run\"), FormerName(\"runs\")]", null)]
    [InlineData("[EventFamily(\"run-verdict\")]", "[EventFamily(\"verdicts\"), FormerName(\"run-verdict\")]", "NAG2021")]
    public async Task A_break_of_the_sample_is_found(string before, string after, string? id) =>
        Assert.Equal(id is null ? [] : [id], (await Findings(before, after)).Select(finding => finding.Id).Distinct());

    private static async Task<ImmutableArray<Diagnostic>> Findings(string before, string after)
    {
        var sources = Directory.GetFiles(Path.Combine(Folder, "Model"), "*.cs").Select(file => CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic;\n" + Replaced(File.ReadAllText(file), before, after), path: file));
        var compilation = CSharpCompilation.Create(
            "AgentRun",
            sources,
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var options = new AnalyzerOptions([new LockText(Path.Combine(Folder, SchemaLock.FileName))]);
        return await compilation.WithAnalyzers([new SchemaLockAnalyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static string Replaced(string text, string before, string after) => before.Length == 0 ? text : text.Replace(before, after, StringComparison.Ordinal);

    private sealed class LockText(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}
