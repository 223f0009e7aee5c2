using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Packages;

/// <summary>Makes a generator for a compiler that does not exist yet, which today's compiler therefore does not load.</summary>
internal static class NewerCompiler
{
    public static void WriteGenerator(string file)
    {
        var runtime = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        var compiler = Compile("Microsoft.CodeAnalysis", """
            [assembly: System.Reflection.AssemblyVersion("99.0.0.0")]
            namespace Microsoft.CodeAnalysis;
            public sealed class GeneratorAttribute(string first, params string[] others) : System.Attribute;
            public interface IIncrementalGenerator;
            """, runtime);
        var generator = Compile("Contoso.Generators", """
            [Microsoft.CodeAnalysis.Generator("C#")]
            public sealed class Generator : Microsoft.CodeAnalysis.IIncrementalGenerator;
            """, runtime, compiler.ToMetadataReference());
        Assert.True(generator.Emit(file).Success);
    }

    private static CSharpCompilation Compile(string name, string source, params MetadataReference[] references) =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
