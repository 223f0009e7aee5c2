using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes the dispatch of partial explainers, and a stand-in for each event they leave out.</summary>
[Generator]
public sealed class ExplainerGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var members = context.FamilyMembers();

        var explainers = context
            .ForMark(KnownNames.ExplainerAttribute, ExplainerParser.IsCandidate, ExplainerParser.Parse)
            .Where(static explainer => explainer.WritesExplain)
            .WithTrackingName(Steps.ParseExplainer);

        var complete = explainers
            .Combine(members)
            .Select(static (pair, _) => ExplainerParser.Complete(pair.Left, pair.Right))
            .WithTrackingName(Steps.CompleteExplainer);

        context.RegisterSourceOutput(complete, static (output, explainer) => ExplainerEmitter.Emit(explainer).AddTo(output));
    }
}
