using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>The models that an application needs: its own, and those of the assemblies whose aggregates and families it names.</summary>
internal sealed class UsedModels
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _added = new(SymbolEqualityComparer.Default);

    public UsedModels(Compilation compilation)
    {
        _compilation = compilation;
        All = [.. Find(compilation)];
    }

    /// <summary>The models, each with the reason why it is needed.</summary>
    public IReadOnlyList<(INamedTypeSymbol Model, string Why)> All { get; }

    /// <summary>Whether some file names the model: as an argument of <c>AddModel</c>, or of a method that adds it.</summary>
    public bool IsAddedSomewhere(INamedTypeSymbol model, CancellationToken cancellationToken) => _added.GetOrAdd(
        model,
        wanted => _compilation.SyntaxTrees
            .Where(static tree => !GeneratedCode.Is(tree))
            .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<TypeArgumentListSyntax>())
            .SelectMany(static list => list.Arguments)
            .Any(argument => NameOf(argument) == wanted.Name));

    private static string? NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        _ => null,
    };

    private static IEnumerable<(INamedTypeSymbol Model, string Why)> Find(Compilation compilation)
    {
        var model = CompilationModel.Of(compilation).Value;
        if (model.Models is [var own, ..] && (model.Families.Count > 0 || model.Aggregates.Count > 0))
        {
            yield return (own, "the model of this application");
        }

        var foreign = new Dictionary<IAssemblySymbol, INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var used in Used(compilation, model))
        {
            var assembly = used.ContainingAssembly;
            if (!SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly) && !foreign.ContainsKey(assembly) && ModelOf(assembly) is { } other)
            {
                foreign.Add(assembly, other);
                yield return (other, $"though this application uses its {used.Name}");
            }
        }
    }

    // Families that its aggregates fold, and aggregates whose repositories it asks for.
    private static IEnumerable<INamedTypeSymbol> Used(Compilation compilation, CompilationModel model)
    {
        foreach (var aggregate in model.Aggregates)
        {
            if (AggregateReader.TryRead(aggregate) is { } reader)
            {
                yield return reader.Family;
            }
        }

        foreach (var type in AssemblyTypes.Of(compilation.Assembly, CancellationToken.None))
        {
            foreach (var parameter in type.InstanceConstructors.SelectMany(static constructor => constructor.Parameters))
            {
                if (parameter.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol aggregate] } repository && repository.HasMetadataName("Nagare.IAggregateRepository`1"))
                {
                    yield return aggregate;
                }
            }
        }
    }

    private static INamedTypeSymbol? ModelOf(IAssemblySymbol assembly) =>
        AssemblyTypes.Of(assembly, CancellationToken.None).FirstOrDefault(static type =>
            type.DeclaredAccessibility == Accessibility.Public && type.FindAttribute(KnownNames.EventModelAttribute) is not null);
}
