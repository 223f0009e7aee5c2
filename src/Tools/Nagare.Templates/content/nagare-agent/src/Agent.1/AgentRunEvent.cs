using Nagare;

namespace Agent._1;

/// <summary>
/// What happens in a run. These records are stored for years: each says what was observed, under a name of its own, and none is ever edited so that an old one cannot be read.
/// </summary>
[EventFamily("agent-run")]
public abstract partial record AgentRunEvent
{
    [Event("asked")]
    public sealed record Asked(string Question) : AgentRunEvent;

    [Event("tool-called")]
    public sealed record ToolCalled(string Tool, string Input, string? Thought = null) : AgentRunEvent;

    [Event("tool-returned")]
    public sealed record ToolReturned(string Tool, string Output) : AgentRunEvent;

    [Event("answered")]
    public sealed record Answered(string Text) : AgentRunEvent;
}
