using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>What one compilation says of stored names and versions: its events, past events and upcasters, and the ways between them. Read once, when the first rule asks.</summary>
internal sealed class StoredHistory
{
    // All rules that ask about one compilation share its history; it goes when the compilation goes.
    private static readonly ConditionalWeakTable<Compilation, StoredHistory> Kept = new();

    private readonly Dictionary<ISymbol, NamedShape> _shapes = new(SymbolEqualityComparer.Default);
    private readonly ILookup<string, NamedShape> _byName;
    private readonly ILookup<ISymbol?, UpcasterReader> _upcastersOf;
    private readonly UpcasterGraph _graph;

    private StoredHistory(IReadOnlyList<NamedShape> shapes, IReadOnlyList<UpcasterReader> upcasters)
    {
        var raw = upcasters.Where(static upcaster => upcaster.Raw is not null)
            .Select(static upcaster => new NamedShape(upcaster.Method, upcaster.Family!, upcaster.Raw!.Value.Name, upcaster.Raw.Value.Version, []));
        foreach (var shape in shapes.Concat(raw))
        {
            _shapes[shape.Symbol] = shape;
        }

        _byName = _shapes.Values.SelectMany(static shape => shape.Names, static (shape, name) => (name, shape)).ToLookup(static named => named.name, static named => named.shape);
        _upcastersOf = upcasters.ToLookup(static upcaster => (ISymbol?)upcaster.Source, SymbolEqualityComparer.Default);
        _graph = new UpcasterGraph(shapes.Where(static shape => shape.IsPast).Select(static shape => PastEventParser.ParseEntry((INamedTypeSymbol)shape.Symbol)), upcasters.Select(UpcasterParser.Parse).OfType<UpcasterModel>());
    }

    /// <summary>Has a rule ask about the named types or methods of a compilation with its history at hand.</summary>
    public static void Register(AnalysisContext context, Action<SymbolAnalysisContext, StoredHistory> analyze, params SymbolKind[] kinds) =>
        context.RegisterCompilationStartAction(start =>
        {
            var compilation = start.Compilation;

            // Not the token of this callback: what is read serves every later one.
            var history = new Lazy<StoredHistory>(() => Kept.GetValue(compilation, Read), LazyThreadSafetyMode.ExecutionAndPublication);
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
    public NamedShape? Find(ISymbol symbol) => _shapes.TryGetValue(symbol, out var shape) ? shape : null;

    /// <summary>The upcasters that take a past event.</summary>
    public IEnumerable<UpcasterReader> UpcastersOf(INamedTypeSymbol pastEvent) => _upcastersOf[pastEvent];

    /// <summary>The way on from a past event.</summary>
    public UpcasterWay From(INamedTypeSymbol pastEvent) => _graph.From(Naming.FullName(pastEvent));

    /// <summary>What else is stored under a name and version of this shape.</summary>
    public IEnumerable<(NamedShape Other, string Name)> Rivals(NamedShape shape) =>
        from other in Namesakes(shape)
        where other.Version == shape.Version
        select (other, shape.Names.First(other.Names.Contains));

    /// <summary>The event of today that is or was stored under a name of this shape, or null.</summary>
    public NamedShape? Today(NamedShape shape) => Namesakes(shape).FirstOrDefault(static other => other.IsEvent);

    /// <summary>The first version before that of this shape which nothing reads, whatever the name was then; null where all are read.</summary>
    public int? FirstMissing(NamedShape shape)
    {
        var read = new HashSet<int>(Namesakes(shape).Select(static other => other.Version));
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
    public bool IsLatest(NamedShape shape) => !Namesakes(shape).Any(other => other.Version > shape.Version);

    // Of the same family, and now or formerly of the same name.
    private IEnumerable<NamedShape> Namesakes(NamedShape shape) =>
        shape.Names.SelectMany(name => _byName[name]).Where(other => other != shape && other.IsBeside(shape)).Distinct();

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
