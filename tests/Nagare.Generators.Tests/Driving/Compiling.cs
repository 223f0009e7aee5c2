using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Compilations of users' code, and runs of generators over them.</summary>
internal static class Compiling
{
    private const int HighestWarningLevel = 9999;

    public static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithDocumentationMode(DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ServiceProviderServiceExtensions).Assembly.Location),
    ];

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    public static CSharpCompilation Compile(params string[] sources) =>
        CSharpCompilation.Create(
            "Users",
            sources.Select((source, index) => Parse(source, $"File{index}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: HighestWarningLevel, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(params ISourceGenerator[] generators) =>
        CSharpGeneratorDriver.Create(generators, parseOptions: ParseOptions, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The users' code with all that is generated for it.</summary>
    public static Compilation Generate(Compilation compilation)
    {
        Driver(Generators.CreateAll()).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return generated;
    }

    // Users need not document their events; what is generated is documented.
    private static bool IsMissingDocumentationOf(Compilation users, Diagnostic diagnostic) =>
        diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree is { } tree && users.ContainsSyntaxTree(tree);

    /// <summary>What the compiler says of the users' code and the generated code together, hidden advice aside.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(Compilation compilation)
    {
        Driver(Generators.CreateAll()).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var problems);
        return [.. problems, .. generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsMissingDocumentationOf(compilation, diagnostic))];
    }
}
