using System.Globalization;

namespace AgentRuns;

/// <summary>What the members of the events say, at the places where tau-bench says it; the counterpart of <see cref="TauBenchImporter"/>.</summary>
internal static class TauBenchSource
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
        switch (e)
        {
            case AgentRunEvent.Started started:
                at.Set("task_id", decimal.Parse(started.Task, CultureInfo.InvariantCulture));
                at.Set("trial", (decimal?)started.Trial);
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
                FillMessage(at, "assistant", turn.Text);
                break;
            case AgentRunEvent.ToolCalled call:
                RunSource.FillCall(root, call);
                break;
            case AgentRunEvent.ToolReturned result:
                FillResult(at, result.Tool, result.CallId, result.Output);
                break;
            case AgentRunEvent.ToolFailed result:
                FillResult(at, result.Tool, result.CallId, result.Output);
                break;
            case AgentRunEvent.Graded graded:
                at.Set("reward", graded.Score);
                if (graded.Details is not null)
                {
                    root.At("/info").Set("reward_info", graded.Details);
                }

                break;
        }
    }

    private static void FillResult(SourceNode at, string tool, string? call, string output)
    {
        FillMessage(at, "tool", output);
        at.Set("name", tool);
        at.Set("tool_call_id", call);
    }

    private static void FillMessage(SourceNode at, string role, string? content)
    {
        at.Set("role", role);
        at.Set("content", content);
    }
}
