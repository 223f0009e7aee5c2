using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.Benchmarks.Typing;

/// <summary>What runs inside the compiler: ours, System.Text.Json's, and next to nothing.</summary>
internal static class CompilerParts
{
    public static GeneratorDriver Nagare() => Driver(All<IIncrementalGenerator, GeneratorAttribute>(typeof(NagareGenerator).Assembly));

    /// <summary>What Roslyn does for any generator that asks for the same marks: finds and binds them, and hands out the symbols.</summary>
    public static GeneratorDriver BindingOnly() => Driver([new BindingGenerator()]);

    /// <summary>The generator that the SDK brings, or null where there is none.</summary>
    public static GeneratorDriver? SystemTextJson()
    {
        var packs = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var file = Directory.Exists(packs)
            ? Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Where(static path => Path.GetFileName(Path.GetDirectoryName(path)) == "cs").Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        return file is null ? null : Driver(All<IIncrementalGenerator, GeneratorAttribute>(Assembly.LoadFrom(file)));
    }

    /// <summary>What the rules share, and the rules.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules() => [new SharedFacts(), .. All<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(typeof(MissingExplanationAnalyzer).Assembly)];

    private static CSharpGeneratorDriver Driver(IEnumerable<IIncrementalGenerator> generators) =>
        CSharpGeneratorDriver.Create(generators.Select(static generator => generator.AsSourceGenerator()), parseOptions: TypedSources.Options);

    private static IEnumerable<T> All<T, TMark>(Assembly assembly)
        where TMark : Attribute =>
        assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(T)) && type.GetCustomAttributes().Any(static mark => mark is TMark))
            .Select(static type => (T)Activator.CreateInstance(type, nonPublic: true)!);

    private sealed class BindingGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            foreach (var mark in new[] { "Nagare.EventAttribute", "Nagare.EventFamilyAttribute", "Nagare.AggregateAttribute" })
            {
                var names = context.SyntaxProvider.ForAttributeWithMetadataName(mark, static (_, _) => true, static (found, _) => Members(found.TargetSymbol)).Collect();
                context.RegisterSourceOutput(names, static (_, _) => { });
            }
        }

        // The symbols of its members and their types are what every generator needs, whatever it makes of them.
        private static int Members(ISymbol symbol)
        {
            var count = 0;
            for (var type = symbol as INamedTypeSymbol; type is { SpecialType: SpecialType.None }; type = type.BaseType)
            {
                count += type.GetAttributes().Length;
                foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
                {
                    count += property.GetAttributes().Length + property.Type.Name.Length;
                }
            }

            return count;
        }
    }
}
