using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nagare.Analyzers;
using Nagare.CodeFixes;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Tool.Tests;

/// <summary>The sample's own events as somebody has them open in an editor, beside their lock: what the compiler says, what the fixes make of it, and the assembly.</summary>
internal sealed class Sample
{
    public const string File = "AgentRunEvent.cs";
    public const string Aborted = "[Event]\n    public sealed record Aborted(string Reason) : AgentRunEvent;";

    private const string Family = "[EventFamily(\"agent-run\")]";

    private static readonly string Folder = Checkout.File("samples", "AgentRun");
    private static readonly string[] Files = [File, "SourcePart.cs", "RunVerdictEvent.cs"];

    // Read once: what compilations share of their references is most of the work.
    private static readonly MetadataReference[] References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location)];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new SchemaLockAnalyzer(), new UpcasterGapAnalyzer(), new UpcasterCycleAnalyzer(), new AmbiguousUpcasterAnalyzer(), new UpcasterSignatureAnalyzer(), new PastEventDeclarationAnalyzer(), new FormerNameAnalyzer(), new NumericEnumAnalyzer()];
    private static readonly CodeFixProvider[] Fixes = [new FormerNameCodeFix(), new VersionBumpCodeFix(), new NumericEnumCodeFix(), new SchemaLockCodeFix()];

    // What a context of somebody's own would be, for types that the compiler cannot see through.
    private const string Context = """
        using System;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        namespace AgentRuns;

        [JsonSerializable(typeof(Uri)), JsonSerializable(typeof(Version))]
        public sealed class SampleJson() : JsonSerializerContext(null)
        {
            public static SampleJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private readonly Project _project;

    private Sample(Project project) => _project = project;

    /// <summary>The lock as it is committed.</summary>
    public static SchemaLock Lock { get; } = SchemaLock.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, SchemaLock.FileName)));

    /// <summary>The sample with something else in the place of <see cref="Aborted"/>, and types beside its family.</summary>
    public static Sample With(string aborted, string types, SchemaLock locked, string family = "")
    {
        var id = ProjectId.CreateNewId();
        string[] contextTypes = [.. new[] { "Stop", "Why" }.Where(type => types.Contains(type == "Why" ? "JsonNumberEnumConverter" : $" {type}", StringComparison.Ordinal))];
        var needsContext = contextTypes.Length > 0 || aborted.Contains("Uri", StringComparison.Ordinal) || aborted.Contains("Version Reason", StringComparison.Ordinal);
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "AgentRun", "AgentRun", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References));
        solution = Add(solution, id, "Usings.cs", "global using System; global using System.Collections.Generic;");
        foreach (var file in Files)
        {
            var text = System.IO.File.ReadAllText(Path.Combine(Folder, "Model", file)).ReplaceLineEndings("\n");
            if (file == File)
            {
                Assert.Contains(Aborted, text, StringComparison.Ordinal);
                text = text.Replace(Aborted, aborted, StringComparison.Ordinal)
                    .Replace("using System.Text.Json;", "using System.Text.Json;\nusing System.Text.Json.Serialization;", StringComparison.Ordinal)
                    .Replace(Family, family.Length > 0 ? family : needsContext ? "[EventFamily(\"agent-run\", Json = typeof(SampleJson))]" : Family, StringComparison.Ordinal);
            }

            solution = Add(solution, id, file, text);
        }

        solution = Add(solution, id, "Types.cs", $"using System.Text.Json.Serialization;\nusing Nagare;\n\nnamespace AgentRuns;\n\n{types}\n");
        if (needsContext)
        {
            solution = Add(solution, id, "Context.cs", Context.Replace("[JsonSerializable(typeof(Uri))", string.Concat(contextTypes.Select(type => $"[JsonSerializable(typeof({type}))]\n")) + "[JsonSerializable(typeof(Uri))", StringComparison.Ordinal));
        }

        solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), SchemaLock.FileName, SourceText.From(locked.ToString(), System.Text.Encoding.UTF8), filePath: "/" + SchemaLock.FileName);
        return new Sample(solution.GetProject(id)!);
    }

    /// <summary>What the rules about stored shapes say.</summary>
    public async Task<IReadOnlyList<Diagnostic>> Findings() =>
        [.. (await (await Compile()).WithAnalyzers(Analyzers, _project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).OrderBy(finding => finding.Location.SourceSpan.Start)];

    /// <summary>The text that a finding underlines.</summary>
    public async Task<string> Underlined(Diagnostic finding) =>
        (await finding.Location.SourceTree!.GetTextAsync(TestContext.Current.CancellationToken)).ToString(finding.Location.SourceSpan);

    /// <summary>The sample after the first fix that a rule offers, applied to all its findings; null where it offers none.</summary>
    public async Task<Sample?> Fixed(params string[] ids)
    {
        var findings = (await Findings()).Where(finding => ids.Contains(finding.Id)).ToImmutableArray();
        foreach (var fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Any(ids.Contains)))
        {
            CodeAction? first = null;
            foreach (var finding in findings.Where(finding => first is null && fix.FixableDiagnosticIds.Contains(finding.Id)))
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(_project.GetDocument(finding.Location.SourceTree)!, finding, (action, _) => first ??= action, TestContext.Current.CancellationToken));
            }

            if (first is not null)
            {
                var context = new FixAllContext(_project, fix, FixAllScope.Project, first.EquivalenceKey!, fix.FixableDiagnosticIds.Intersect(ids), new Found(findings), TestContext.Current.CancellationToken);
                var operations = await (await fix.GetFixAllProvider()!.GetFixAsync(context))!.GetOperationsAsync(TestContext.Current.CancellationToken);
                return new Sample(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!);
            }
        }

        return null;
    }

    /// <summary>The lock beside it as it stands now.</summary>
    public async Task<SchemaLock> Locked() => SchemaLock.Parse((await _project.AdditionalDocuments.Single().GetTextAsync(TestContext.Current.CancellationToken)).ToString());

    /// <summary>Builds it into a file, as the compiler would if no rule refused it.</summary>
    public async Task Build(string file)
    {
        CSharpGeneratorDriver.Create(new NagareGenerator()).RunGeneratorsAndUpdateCompilation(await Compile(), out var full, out _, TestContext.Current.CancellationToken);
        var result = full.Emit(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static problem => problem.Severity == DiagnosticSeverity.Error)) + "\n" + await Text());
    }

    /// <summary>All that a person would see.</summary>
    public async Task<string> Text() => string.Join('\n', await Task.WhenAll(_project.Documents.Where(static document => document.Name is File or "Types.cs").Select(async document => (await document.GetTextAsync()).ToString())));

    private async Task<Compilation> Compile() => (await _project.GetCompilationAsync(TestContext.Current.CancellationToken))!;

    private static Solution Add(Solution solution, ProjectId project, string name, string text) =>
        solution.AddDocument(DocumentId.CreateNewId(project), name, SourceText.From(text, System.Text.Encoding.UTF8), filePath: "/" + name);

    private sealed class Found(ImmutableArray<Diagnostic> findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(findings.Where(finding => finding.Location.SourceTree!.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
