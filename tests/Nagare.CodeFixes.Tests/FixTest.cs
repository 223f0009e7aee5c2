using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Nagare.CodeFixes.Tests;

/// <summary>Applies one fix, alone and to everything at once, and compares the files afterwards.</summary>
internal static class FixTest<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string Usings = "using System;\nusing Nagare;\n";

    /// <summary>The fix of this key makes the second files of the first ones, whether applied one by one or to all.</summary>
    public static async Task Makes(string key, string[] before, string[] after)
    {
        var test = New();
        test.CodeActionEquivalenceKey = key;
        test.NumberOfFixAllIterations = 1;
        Add(test.TestState, before);
        Add(test.FixedState, after);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The finding stands and no fix is offered.</summary>
    public static async Task OffersNothing(string source)
    {
        var test = New();
        Add(test.TestState, [source]);
        Add(test.FixedState, [source]);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> New()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            // The generators do not run here, so what they would write is missing.
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location));
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(IServiceCollection).Assembly.Location));
        return test;
    }

    private static void Add(SolutionState state, string[] sources)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            state.Sources.Add(($"File{i}.cs", Usings + sources[i]));
        }
    }
}
