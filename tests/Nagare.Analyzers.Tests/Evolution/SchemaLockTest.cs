using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Nagare.Schema;

namespace Nagare.Analyzers.Tests;

/// <summary>Runs the rules about stored shapes over code with a lock beside it: one that is given, or the sealed one of the code as it was.</summary>
internal static class SchemaLockTest
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Text.Json.Serialization;\nusing Nagare;\n";

    private static readonly MetadataReference[] References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location)];

    /// <summary>The lock of some code, as drafts or sealed.</summary>
    public static SchemaLock Locked(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Users",
            [CSharpSyntaxTree.ParseText(Usings + Plain(source))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return SchemaUpdate.All(SchemaLock.Empty, StoredDeclaration.Schema(StoredDeclarations.Of(compilation.Assembly, default).All, default));
    }

    public static Task FindsAgainst(string before, string after) => Finds(Locked(before).Seal().ToString(), after);

    public static async Task Finds(string? schema, string source, params DiagnosticResult[] elsewhere)
    {
        var test = new NullableTest
        {
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            TestCode = Usings + source,
        };
        test.TestState.AdditionalReferences.AddRange(References);
        test.TestState.ExpectedDiagnostics.AddRange(elsewhere);
        if (schema is not null)
        {
            test.TestState.AdditionalFiles.Add((SchemaLock.FileName, schema));
        }

        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    // Without the marks of expected findings.
    private static string Plain(string source) => System.Text.RegularExpressions.Regex.Replace(source, @"\{\|NAG\d+:|\|\}", "");

    private sealed class NullableTest : CSharpAnalyzerTest<SchemaLockAnalyzer, DefaultVerifier>
    {
        protected override CompilationOptions CreateCompilationOptions() => ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable);
    }
}
