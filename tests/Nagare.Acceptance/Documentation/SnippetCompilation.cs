using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Acceptance.Documentation;

/// <summary>Compiles a page's snippets as one project with the generators, as its reader would have it, and runs those that print.</summary>
/// <remarks>
/// Snippets of declarations are files of the project. A snippet of statements becomes the body of an asynchronous method; a comment
/// <c>&lt;!-- given: IJournal journal --&gt;</c> above it names the parameters it may use. <c>csharp alone</c> is a project of its own.
/// </remarks>
internal static class SnippetCompilation
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    public static Assembly Compile(string name, IReadOnlyList<Fence> fences)
    {
        var trees = fences.Select((fence, index) => Parse(fence, index)).Prepend(CSharpSyntaxTree.ParseText(ImplicitUsings + string.Concat(Usings(fences)), ParseOptions));
        var compilation = CSharpCompilation.Create(
            "Snippets",
            trees,
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 4));
        var driver = CSharpGeneratorDriver.Create(Generators(), parseOptions: ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);

        using var assembly = new MemoryStream();
        var result = generated.Emit(assembly);
        var complaints = result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(result.Success && complaints.Count == 0, $"{name} does not compile without a warning:\n{string.Join('\n', complaints)}\n\n{string.Join("\n----\n", generated.SyntaxTrees.Where(tree => complaints.Any(complaint => complaint.Location.SourceTree == tree)))}");
        return new AssemblyLoadContext(name, isCollectible: false).LoadFromStream(Rewound(assembly));
    }

    /// <summary>Runs a snippet of statements and gives what it printed.</summary>
    public static async Task<string> Run(Assembly assembly, int index)
    {
        var method = assembly.GetType($"Snippet{index}")?.GetMethod("Run") ?? throw new InvalidOperationException($"Snippet {index} holds no statements to run.");
        var before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            await (Task)method.Invoke(null, [])!;
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }

    // A page is read from its top: what it has said to use, later snippets use too.
    private static IEnumerable<string> Usings(IReadOnlyList<Fence> fences) => fences
        .Where(fence => !fence.HasStatements)
        .SelectMany(fence => CSharpSyntaxTree.ParseText(fence.Text, ParseOptions).GetCompilationUnitRoot().Usings)
        .Select(directive => $"\nglobal {directive.WithoutTrivia().ToFullString()}")
        .Distinct();

    private static SyntaxTree Parse(Fence fence, int index)
    {
        var root = CSharpSyntaxTree.ParseText(fence.Text, ParseOptions).GetCompilationUnitRoot();
        if (!fence.HasStatements)
        {
            return CSharpSyntaxTree.ParseText(fence.Text, ParseOptions, path: $"line {fence.Line}");
        }

        var statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString()));
        var declarations = string.Concat(root.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
        return CSharpSyntaxTree.ParseText(
            $$"""
            using Microsoft.Extensions.DependencyInjection;
            using Nagare;
            {{string.Concat(root.Usings.Where(directive => directive.Name?.ToString() is not ("Nagare" or "Microsoft.Extensions.DependencyInjection")).Select(directive => directive.ToFullString()))}}
            public static class Snippet{{index}}
            {
                public static async Task Run({{fence.Given}})
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            {{declarations}}
            """,
            ParseOptions,
            path: $"line {fence.Line}");
    }

    private static IEnumerable<ISourceGenerator> Generators() =>
        typeof(Nagare.Generators.NagareGenerator).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());

    // Read once: what compilations share of their references is most of the work.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Nagare.Acceptance", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static MemoryStream Rewound(MemoryStream stream)
    {
        stream.Position = 0;
        return stream;
    }
}
