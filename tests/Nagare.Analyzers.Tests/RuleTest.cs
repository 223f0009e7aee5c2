using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Nagare.Analyzers.Tests;

/// <summary>Runs one rule over sources in which expected findings are marked <c>[|so|]</c> or <c>{|NAG1001:so|}</c>.</summary>
internal static class RuleTest<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    public static Task Finds(params string[] sources) => Finds(sources.Select((source, i) => ($"File{i}.cs", source)).ToArray());

    public static Task Finds(params (string Path, string Source)[] sources) => Run(sources, null);

    /// <summary>The same with a second project that the first refers to.</summary>
    public static Task FindsWith(string otherAssembly, params string[] sources) =>
        Run(sources.Select((source, i) => ($"File{i}.cs", source)).ToArray(), otherAssembly);

    private static async Task Run((string Path, string Source)[] sources, string? otherAssembly)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
        {
            // The generators do not run here, so what they would write is missing.
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location));
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(IServiceCollection).Assembly.Location));
        foreach (var (path, source) in sources)
        {
            test.TestState.Sources.Add((path, Usings + source));
        }

        if (otherAssembly is not null)
        {
            var other = new ProjectState("Other", LanguageNames.CSharp, "/Other/", "cs");
            other.AdditionalReferences.AddRange(Net100.References.All);
            other.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location));
            other.Sources.Add(Usings + otherAssembly);
            test.TestState.AdditionalProjects.Add("Other", other);
            test.TestState.AdditionalProjectReferences.Add("Other");
        }

        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private const string Usings = "using System;\nusing Nagare;\n";
}
