using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>What one compilation says of stored names and versions: its events, past events and upcasters, and the ways between them. Read once, when the first rule asks.</summary>
internal sealed class StoredHistory
{
    private readonly IReadOnlyList<NamedShape> _shapes;
    private readonly ILookup<ISymbol?, UpcasterReader> _upcastersOf;
    private readonly UpcasterGraph _graph;

    private StoredHistory(IReadOnlyList<NamedShape> shapes, IReadOnlyList<UpcasterReader> upcasters)
    {
        var raw = upcasters.Where(static upcaster => upcaster.Raw is not null)
            .Select(static upcaster => new NamedShape(upcaster.Method, upcaster.Family!, upcaster.Raw!.Value.Name, upcaster.Raw.Value.Version, []));
        _shapes = [.. shapes, .. raw];
        _upcastersOf = upcasters.ToLookup(static upcaster => (ISymbol?)upcaster.Source, SymbolEqualityComparer.Default);
        _graph = new UpcasterGraph(shapes.Where(static shape => shape.IsPast).Select(static shape => PastEventParser.ParseEntry((INamedTypeSymbol)shape.Symbol)), upcasters.Select(UpcasterParser.Parse).OfType<UpcasterModel>());
    }

    /// <summary>Has a rule ask about the named types or methods of a compilation with its history at hand.</summary>
    public static void Register(AnalysisContext context, Action<SymbolAnalysisContext, StoredHistory> analyze, params SymbolKind[] kinds) =>
        context.RegisterCompilationStartAction(start =>
        {
            var compilation = start.Compilation;

            // Not the token of this callback: what is read serves every later one.
            var history = new Lazy<StoredHistory>(() => Read(compilation), LazyThreadSafetyMode.ExecutionAndPublication);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (NamedShape.IsMarked(symbol.Symbol))
                    {
                        analyze(symbol, history.Value);
                    }
                },
                kinds);
        });

    /// <summary>The shape that a record or a method declares, or null where it declares none that can be read.</summary>
    public NamedShape? Find(ISymbol symbol) => _shapes.FirstOrDefault(shape => SymbolEqualityComparer.Default.Equals(shape.Symbol, symbol));

    /// <summary>The upcasters that take a past event.</summary>
    public IEnumerable<UpcasterReader> UpcastersOf(INamedTypeSymbol pastEvent) => _upcastersOf[pastEvent];

    /// <summary>The way on from a past event.</summary>
    public UpcasterWay From(INamedTypeSymbol pastEvent) => _graph.From(Naming.FullName(pastEvent));

    /// <summary>What else is stored under a name and version of this shape.</summary>
    public IEnumerable<(NamedShape Other, string Name)> Rivals(NamedShape shape) =>
        from other in _shapes
        where !SymbolEqualityComparer.Default.Equals(other.Symbol, shape.Symbol) && other.IsBeside(shape) && other.Version == shape.Version
        from name in shape.Names
        where other.Names.Contains(name)
        select (other, name);

    /// <summary>The event of today that is or was stored under a name of this shape, or null.</summary>
    public NamedShape? Today(NamedShape shape) => _shapes.FirstOrDefault(other => other.IsEvent && other.IsBeside(shape) && other.Names.Intersect(shape.Names).Any());

    /// <summary>The first version before that of this shape which nothing reads, whatever the name was then; null where all are read.</summary>
    public int? FirstMissing(NamedShape shape)
    {
        var names = new HashSet<string>(shape.Names);
        var read = new HashSet<int>(_shapes.Where(other => other.IsBeside(shape) && other.Names.Any(names.Contains)).Select(static other => other.Version));
        for (var version = 1; version < shape.Version; version++)
        {
            if (!read.Contains(version))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>Whether no later version of the same name is declared.</summary>
    public bool IsLatest(NamedShape shape) =>
        !_shapes.Any(other => other.IsBeside(shape) && other.Version > shape.Version && other.Names.Intersect(shape.Names).Any());

    private static StoredHistory Read(Compilation compilation)
    {
        var shapes = new List<NamedShape>();
        var upcasters = new List<UpcasterReader>();
        foreach (var type in AssemblyTypes.Of(compilation.Assembly, CancellationToken.None))
        {
            if (NamedShape.TryRead(type) is { } shape)
            {
                shapes.Add(shape);
            }

            upcasters.AddRange(type.GetMembers().OfType<IMethodSymbol>()
                .Where(static method => method is { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false })
                .Select(UpcasterReader.TryRead)
                .OfType<UpcasterReader>()
                .Where(static upcaster => upcaster.Problem is null));
        }

        return new StoredHistory(shapes, upcasters);
    }
}
