namespace AgentRuns;

/// <summary>What the members of the events say, at the places where SWE-agent says it; the counterpart of <see cref="SweAgentImporter"/>.</summary>
internal static class SweAgentSource
{
    public static void Fill(SourceNode root, IReadOnlyList<AgentRunEvent> run)
    {
        var (message, step) = ((SourceNode?)null, (SourceNode?)null);
        foreach (var e in run)
        {
            if (e is AgentRunEvent.ModelReplied turn)
            {
                (message, step) = (Part(root, e, "/history/"), Part(root, e, "/trajectory/"));
                FillTurn(message, step, turn);
            }
            else if (e is AgentRunEvent.ToolCalled call)
            {
                // The command is the turn's in both lists; the call itself stands in the message where the model called a function.
                RunSource.FillCall(root, call);
                message?.Set("action", call.Command);
                step?.Set("action", call.Command);
            }
            else if (e.Parts is [var main, ..])
            {
                Fill(root, root.At(main.At), e);
            }
        }
    }

    private static void FillTurn(SourceNode? message, SourceNode? step, AgentRunEvent.ModelReplied turn)
    {
        message?.Set("role", "assistant");
        message?.Set("content", turn.Text);
        message?.Set("thought", turn.StatedThought);
        step?.Set("response", turn.Text);
        step?.Set("thought", turn.StatedThought);
    }

    private static void Fill(SourceNode root, SourceNode at, AgentRunEvent e)
    {
        switch (e)
        {
            case AgentRunEvent.Started started:
                at.Set("replay_config", started.Configuration);
                break;
            case AgentRunEvent.Instructed instructed:
                at.Set("role", "system");
                at.Set("content", instructed.Text);
                break;
            case AgentRunEvent.UserSaid said:
                at.Set("role", "user");
                at.Set("content", said.Text);
                break;
            case AgentRunEvent.Noted noted:
                at.Set("content", noted.Text);
                break;
            case AgentRunEvent.ToolReturned result:
                Part(root, e, "/history/")?.Set("content", result.Shown ?? result.Output);
                var step = Part(root, e, "/trajectory/");
                step?.Set("observation", result.Output);
                step?.Set("execution_time", result.Seconds);
                break;
            case AgentRunEvent.Ended ended:
                at.Set("exit_status", ended.Status);
                at.Set("submission", ended.Submission);
                var statistics = Part(root, e, "/info/model_stats");
                statistics?.Set("instance_cost", ended.ReportedCostUsd);
                statistics?.Set("api_calls", (decimal?)ended.ReportedCalls);
                break;
        }
    }

    private static SourceNode? Part(SourceNode root, AgentRunEvent e, string start) =>
        e.Parts.FirstOrDefault(part => part.At.StartsWith(start, StringComparison.Ordinal)) is { } part ? root.At(part.At) : null;
}
