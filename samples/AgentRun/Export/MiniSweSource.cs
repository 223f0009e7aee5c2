namespace AgentRuns;

/// <summary>What the members of the events say, at the places where mini-swe-agent says it; the counterpart of <see cref="MiniSweImporter"/>.</summary>
internal static class MiniSweSource
{
    public static void Fill(SourceNode root, IReadOnlyList<AgentRunEvent> run)
    {
        foreach (var e in run)
        {
            Fill(root, e);
        }
    }

    private static void Fill(SourceNode root, AgentRunEvent e)
    {
        if (e.Parts is not [var main, ..])
        {
            return;
        }

        var at = root.At(main.At);
        var extra = Part(root, e, "/extra");
        switch (e)
        {
            case AgentRunEvent.Started started:
                at.Set("instance_id", started.Task);
                Part(root, e, "/info")?.Set("config", started.Configuration);
                break;
            case AgentRunEvent.Instructed instructed:
                FillMessage(at, "system", instructed.Text);
                break;
            case AgentRunEvent.UserSaid said:
                FillMessage(at, "user", said.Text);
                break;
            case AgentRunEvent.Noted noted:
                at.Set("content", noted.Text);
                break;
            case AgentRunEvent.ModelReplied turn:
                FillMessage(at, "assistant", turn.StatedThought ?? turn.Text);
                extra?.Set("response", turn.Reply);
                extra?.Set("cost", turn.CostUsd);
                break;
            case AgentRunEvent.ToolCalled call:
                FillCall(root, call);
                break;
            case AgentRunEvent.ToolReturned result:
                FillResult(at, extra, result.CallId, result.Output, result.Shown, result.ReturnCode);
                break;
            case AgentRunEvent.ToolFailed result:
                FillResult(at, extra, result.CallId, result.Output, result.Shown, result.ReturnCode);
                break;
            case AgentRunEvent.Ended ended:
                FillMessage(at, "exit", ended.Submission);
                extra?.Set("exit_status", ended.Status);
                var statistics = Part(root, e, "/model_stats");
                statistics?.Set("instance_cost", ended.ReportedCostUsd);
                statistics?.Set("api_calls", (decimal?)ended.ReportedCalls);
                break;
        }
    }

    private static void FillCall(SourceNode root, AgentRunEvent.ToolCalled call)
    {
        RunSource.FillCall(root, call);
        if (call.Parts is [_, _, var action])
        {
            root.At(action.At).Set("command", call.Command);
            root.At(action.At).Set("tool_call_id", call.CallId);
        }
    }

    private static void FillResult(SourceNode at, SourceNode? extra, string? call, string output, string? shown, int? code)
    {
        FillMessage(at, "tool", shown);
        at.Set("tool_call_id", call);
        extra?.Set("raw_output", output);
        extra?.Set("returncode", (decimal?)code);
    }

    private static void FillMessage(SourceNode at, string role, string? content)
    {
        at.Set("role", role);
        at.Set("content", content);
    }

    private static SourceNode? Part(SourceNode root, AgentRunEvent e, string end) =>
        e.Parts.FirstOrDefault(part => part.At.EndsWith(end, StringComparison.Ordinal)) is { } part ? root.At(part.At) : null;
}
