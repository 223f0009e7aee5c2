using AgentRuns;

namespace Nagare.Benchmarks.Codecs;

/// <summary>Copies an event and every text in it: exactly what reading it must allocate.</summary>
internal static class Copied
{
    public static AgentRunEvent Event(AgentRunEvent e) => e switch
    {
        AgentRunEvent.Started s => s with { Format = Text(s.Format), Task = Text(s.Task), Model = TextOrNull(s.Model) },
        AgentRunEvent.UserSaid s => s with { Text = Text(s.Text) },
        AgentRunEvent.ModelReplied r => r with { Text = TextOrNull(r.Text), StatedThought = TextOrNull(r.StatedThought) },
        AgentRunEvent.ToolCalled c => c with { CallId = TextOrNull(c.CallId), Tool = Text(c.Tool), Arguments = TextOrNull(c.Arguments) },
        AgentRunEvent.ToolReturned r => r with { CallId = TextOrNull(r.CallId), Tool = Text(r.Tool), Output = Text(r.Output) },
        AgentRunEvent.ToolFailed f => f with { CallId = TextOrNull(f.CallId), Tool = Text(f.Tool), Error = Text(f.Error), Output = Text(f.Output) },
        AgentRunEvent.Ended d => d with { Status = Text(d.Status), Submission = TextOrNull(d.Submission) },
        _ => throw new ArgumentOutOfRangeException(nameof(e), e, "An event that the benchmark does not hold."),
    };

    private static string Text(string text) => new(text.AsSpan());

    private static string? TextOrNull(string? text) => text is null ? null : Text(text);
}
