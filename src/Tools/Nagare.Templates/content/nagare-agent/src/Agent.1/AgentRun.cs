using System.Collections.Immutable;
using Nagare;

namespace Agent._1;

/// <summary>What is known in a run: a fold over its events, and the decisions that rest on it.</summary>
[Aggregate]
public sealed partial record AgentRun : IAggregate<AgentRun, AgentRunEvent>
{
    private const int MaxCalls = 8;

    public string Question { get; init; } = "";
    public ImmutableList<string> Calls { get; init; } = [];
    public ImmutableList<string> Findings { get; init; } = [];
    public string? Answer { get; init; }

    private AgentRun Apply(AgentRunEvent.Asked e) => this with { Question = e.Question };
    private AgentRun Apply(AgentRunEvent.ToolCalled e) => this with { Calls = Calls.Add($"{e.Tool}({e.Input})") };
    private AgentRun Apply(AgentRunEvent.ToolReturned e) => this with { Findings = Findings.Add(e.Output) };
    private AgentRun Apply(AgentRunEvent.Answered e) => this with { Answer = e.Text };

    private Decision<AgentRunEvent> Decide(Ask c) => Question.Length > 0
        ? Reject("a run answers one question", code: "asked-before")
        : Persist(new AgentRunEvent.Asked(c.Question));

    private Decision<AgentRunEvent> Decide(CallTool c)
    {
        if (Calls.Contains($"{c.Tool}({c.Input})"))
        {
            return Reject($"{c.Tool} was called with this input before", code: "same-call");
        }

        return Calls.Count >= MaxCalls
            ? Reject($"a run calls {MaxCalls} tools at most", code: "too-many-calls")
            : Persist(new AgentRunEvent.ToolCalled(c.Tool, c.Input, c.Thought));
    }

    private Decision<AgentRunEvent> Decide(TakeResult c) => Persist(new AgentRunEvent.ToolReturned(c.Tool, c.Output));

    private Decision<AgentRunEvent> Decide(GiveAnswer c) => Answer is not null
        ? Reject("the question was answered", code: "answered-before")
        : Persist(new AgentRunEvent.Answered(c.Text));
}

public sealed record Ask(string Question) : ICommand<AgentRun>;

public sealed record CallTool(string Tool, string Input, string? Thought = null) : ICommand<AgentRun>;

public sealed record TakeResult(string Tool, string Output) : ICommand<AgentRun>;

public sealed record GiveAnswer(string Text) : ICommand<AgentRun>;
