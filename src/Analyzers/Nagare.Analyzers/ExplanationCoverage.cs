using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Which events of a compilation somebody explained.</summary>
internal sealed class ExplanationCoverage
{
    private readonly Compilation _compilation;
    private readonly CompilationModel _model;
    private readonly Dictionary<INamedTypeSymbol, HashSet<INamedTypeSymbol>> _switched = new(SymbolEqualityComparer.Default);

    private ExplanationCoverage(Compilation compilation, CompilationModel model)
    {
        _compilation = compilation;
        _model = model;
    }

    public static ExplanationCoverage Of(Compilation compilation, CompilationModel model) => new(compilation, model);

    /// <summary>The explainers that answer for a family: those marked, or where none is, all of them.</summary>
    public IReadOnlyList<ExplainerReader> Explainers(INamedTypeSymbol family)
    {
        var explainers = _model.Explainers.Where(explainer => SymbolEqualityComparer.Default.Equals(explainer.Family, family)).ToList();
        var marked = explainers.Where(static explainer => explainer.IsMarked).ToList();
        return marked.Count > 0 ? marked : explainers;
    }

    /// <summary>Whether the compilation is the place to ask for the event's explanation, and holds none.</summary>
    public bool Misses(INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        if (e.FindAttribute(KnownNames.ExplainAttribute) is not null || FamilyParser.BaseOf(e) is not { } family)
        {
            return false;
        }

        var explainers = Explainers(family);
        return explainers.Count == 0 ? _model.HoldsModel : !explainers.Any(explainer => Explains(explainer, e, cancellationToken));
    }

    private bool Explains(ExplainerReader explainer, INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        if (_model.Complete(explainer) is { } generated)
        {
            var name = Naming.FullName(e);
            return !generated.StandIns.Any(standIn => standIn.IsStub && standIn.Type == name);
        }

        lock (_switched)
        {
            if (!_switched.TryGetValue(explainer.Type, out var types))
            {
                types = new HashSet<INamedTypeSymbol>(WrittenPatterns.In(explainer.Type, _compilation, cancellationToken), SymbolEqualityComparer.Default);
                types.Remove(explainer.Family);
                _switched.Add(explainer.Type, types);
            }

            return Inheritance.SelfAndBases(e).TakeWhile(type => !SymbolEqualityComparer.Default.Equals(type, explainer.Family)).Any(types.Contains);
        }
    }
}
