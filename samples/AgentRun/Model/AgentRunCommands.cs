using Nagare;

namespace AgentRuns;

/// <summary>Begin a run.</summary>
public sealed record BeginRun(string Task, string Model) : ICommand<AgentRun>;

/// <summary>Give the model its instructions.</summary>
public sealed record Instruct(string Text) : ICommand<AgentRun>;

/// <summary>Take down what the user said.</summary>
public sealed record HearUser(string Text) : ICommand<AgentRun>;

/// <summary>Take down a turn of the model.</summary>
public sealed record TakeTurn(string? Text, string? StatedThought, int Calls, long? TokensIn, long? TokensOut, decimal? CostUsd) : ICommand<AgentRun>;

/// <summary>Call a tool.</summary>
public sealed record CallTool(string CallId, string Tool, string Arguments) : ICommand<AgentRun>;

/// <summary>Take down what a tool returned.</summary>
public sealed record TakeResult(string CallId, string Output, double? Seconds) : ICommand<AgentRun>;

/// <summary>Take down that a tool failed.</summary>
public sealed record TakeFailure(string CallId, string Error, string Output) : ICommand<AgentRun>;

/// <summary>End the run.</summary>
public sealed record EndRun(string Status) : ICommand<AgentRun>;

/// <summary>Stop the run.</summary>
public sealed record AbortRun(string Reason) : ICommand<AgentRun>;

/// <summary>The decisions of an agent's loop: what may be recorded next.</summary>
public sealed partial record AgentRun
{
    private Decision<AgentRunEvent> Decide(BeginRun c) =>
        HasBegun ? Reject("the run has begun already", code: "begun") : Persist(new AgentRunEvent.Started(RunFormat.Live, c.Task, Model: c.Model));

    private Decision<AgentRunEvent> Decide(Instruct c) => Refusal() ?? Persist(new AgentRunEvent.Instructed(c.Text));

    private Decision<AgentRunEvent> Decide(HearUser c) => Refusal() ?? Persist(new AgentRunEvent.UserSaid(c.Text));

    private Decision<AgentRunEvent> Decide(TakeTurn c) =>
        Refusal() ?? (Pending.Count > 0
            ? Reject($"{Pending[0].Tool} has not answered yet", code: "call-pending")
            : Persist(new AgentRunEvent.ModelReplied(c.Text, c.StatedThought, c.Calls, TokensIn: c.TokensIn, TokensOut: c.TokensOut, CostUsd: c.CostUsd)));

    private Decision<AgentRunEvent> Decide(CallTool c)
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Pending.Exists(call => call.CallId == c.CallId))
        {
            return Reject($"call {c.CallId} has no answer yet", code: "call-pending");
        }

        return Facts is [.., { Failed: true } last] && last.Tool == c.Tool && last.Asked == Words.Beginning(c.Arguments, MaxKeptCharacters)
            ? Reject($"{c.Tool} has just failed with these arguments", code: "same-call")
            : Persist(new AgentRunEvent.ToolCalled(c.CallId, c.Tool, c.Arguments));
    }

    private Decision<AgentRunEvent> Decide(TakeResult c) =>
        Refusal() ?? (Called(c.CallId) is { } call
            ? Persist(new AgentRunEvent.ToolReturned(c.CallId, call.Tool, c.Output, Seconds: c.Seconds))
            : Reject($"nobody waits for call {c.CallId}", code: "no-such-call"));

    private Decision<AgentRunEvent> Decide(TakeFailure c) =>
        Refusal() ?? (Called(c.CallId) is { } call
            ? Persist(new AgentRunEvent.ToolFailed(c.CallId, call.Tool, c.Error, c.Output))
            : Reject($"nobody waits for call {c.CallId}", code: "no-such-call"));

    private Decision<AgentRunEvent> Decide(EndRun c) =>
        Refusal() ?? (Pending.Count > 0 ? Reject($"{Pending[0].Tool} has not answered yet", code: "call-pending") : Persist(new AgentRunEvent.Ended(c.Status)));

    private Decision<AgentRunEvent> Decide(AbortRun c) => IsOver ? Ignore() : Persist(new AgentRunEvent.Aborted(c.Reason));

    private Decision<AgentRunEvent>? Refusal() => !HasBegun ? Reject("the run has not begun", code: "not-begun") : IsOver ? Reject("the run is over", code: "run-over") : null;

    private PendingCall? Called(string callId) => Pending.FindLast(call => call.CallId == callId);
}
