using Nagare;

namespace Agent._1;

/// <summary>A run in plain words. An event that nobody explains is a warning.</summary>
[Explainer]
public sealed partial class AgentRunExplainer : IEventExplainer<AgentRunEvent>
{
    private Explanation Explain(AgentRunEvent.Asked e) => new("The user asked", e.Question);

    private Explanation Explain(AgentRunEvent.ToolCalled e) =>
        new($"Called {e.Tool}", e.Thought is null ? e.Input : $"{e.Input}, because {e.Thought}", ("tool", e.Tool));

    private Explanation Explain(AgentRunEvent.ToolReturned e) => new($"{e.Tool} returned", e.Output, ("tool", e.Tool));

    private Explanation Explain(AgentRunEvent.Answered e) => new("Answered", e.Text);
}
