using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes the dispatch of partial explainers, and a stand-in for each event they leave out.</summary>
internal sealed class ExplainerGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var complete = marks.Explainers
            .Select(static (explainer, _) => explainer.Dispatch)
            .WhereNotNull()
            .Where(static explainer => explainer.WritesExplain)
            .Collect()
            .SelectMany(static (explainers, _) => Distinct.Explainers(explainers))
            .Combine(marks.Members)
            .Select(static (pair, _) => ExplainerParser.Complete(pair.Left, pair.Right))
            .WithTrackingName(Steps.CompleteExplainer);

        context.RegisterSourceOutput(complete, static (output, explainer) => ExplainerEmitter.Emit(explainer).AddTo(output));
    }
}
