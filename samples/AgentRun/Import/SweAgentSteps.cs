using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentRuns;

/// <summary>
/// Reads a SWE-agent run's messages and steps side by side. A message of the model belongs to the next step with the same action;
/// steps between, which no message tells of, and messages that no step tells of are recorded alone. Which belongs to which decides
/// how the run reads, never whether something is kept: every part says where it stood.
/// </summary>
internal sealed class SweAgentSteps(RunRecorder recorder, IReadOnlyList<SourceObject> history, IReadOnlyList<SourceObject> steps)
{
    private const string Shell = "shell";

    /// <summary>How many steps a message may leave out. Without a bound a hostile file would be compared all against all.</summary>
    private const int MaxStepsLeftOut = 100;

    private int _message;
    private int _step;

    public void Record()
    {
        while (_message < history.Count)
        {
            var message = history[_message++];
            if (RoleOf(message) == "assistant" && !IsDemonstration(message))
            {
                RecordTurns(message);
            }
            else
            {
                RecordInput(message);
            }
        }

        while (_step < steps.Count)
        {
            RecordTurn(null, steps[_step++]);
        }
    }

    private void RecordTurns(SourceObject message)
    {
        var match = StepOf(message);
        while (_step < match)
        {
            RecordTurn(null, steps[_step++]);
        }

        RecordTurn(message, match is null ? null : steps[_step++]);
    }

    private int? StepOf(SourceObject message)
    {
        if (message.Peek("action") is { ValueKind: JsonValueKind.String } action)
        {
            for (var i = _step; i < Math.Min(steps.Count, _step + MaxStepsLeftOut); i++)
            {
                if (steps[i].Peek("action") is { ValueKind: JsonValueKind.String } done && JsonMarshal.GetRawUtf8Value(action).SequenceEqual(JsonMarshal.GetRawUtf8Value(done)))
                {
                    return i;
                }
            }
        }

        return null;
    }

    private void RecordInput(SourceObject message)
    {
        var role = message.Demand("role");
        if (role == "system")
        {
            recorder.Instructed(new(message.TextOr("content", ""), [message.Part()]));
        }
        else if (role == "user" && !IsDemonstration(message))
        {
            recorder.UserSaid(new(message.TextOr("content", ""), [message.Part()]));
        }
        else
        {
            message.PutBack("role");
            recorder.Noted(new(IsDemonstration(message) ? "demonstration" : role, message.TextOr("content", ""), [message.Part()]));
        }
    }

    /// <summary>One turn, told by a message of the history, by a step of the trajectory, or by both.</summary>
    private void RecordTurn(SourceObject? message, SourceObject? step)
    {
        message?.Expect("role", "assistant");
        var thought = step?.Text("thought");
        var said = step?.Text("response");
        var action = step?.Text("action") ?? (step is null ? message?.Text("action") : null);
        thought = Agree(message, "thought", step, thought);
        said = Agree(message, "content", step, said);
        if (step is not null && action is not null)
        {
            message?.Expect("action", action);
        }

        var calls = message is null ? [] : OpenAiCall.Take(message);
        var observation = step is null ? null : new SourceObject(step.Whole, step.At);
        step?.Leave("observation", "execution_time", "state");

        recorder.Replied(new(said, thought, calls.Count > 0 ? calls.Count : action is null && step is null ? 0 : 1, Source: Parts(message, step)));
        if (calls.Count == 0 && action is null && step is null)
        {
            return;
        }

        AgentRunEvent.ToolCalled first = calls.Count == 0 ? new(null, ToolOf(action), null, action) : calls[0] with { Command = action };
        recorder.Called(first);
        foreach (var call in calls.Skip(1))
        {
            recorder.Called(call);
        }

        RecordResult(first, observation);
    }

    private void RecordResult(AgentRunEvent.ToolCalled call, SourceObject? step)
    {
        var shown = _message < history.Count && RoleOf(history[_message]) is "user" or "tool" && !IsDemonstration(history[_message]) ? history[_message++] : null;
        if (step is null && shown is null)
        {
            return;
        }

        var seen = shown?.TextOr("content", "");
        var output = step?.TextOr("observation", seen ?? "") ?? seen!;
        var seconds = step?.Double("execution_time");
        step?.LeaveAllBut("observation", "execution_time", "state");
        recorder.Answered(new AgentRunEvent.ToolReturned(call.CallId, call.Tool, output, step is null ? null : seen, Seconds: seconds, Source: Parts(shown, step)), call.CallId, call.Tool);
    }

    /// <summary>A text that stands in both: the step's, and in the message only where it says the same.</summary>
    private static string? Agree(SourceObject? message, string name, SourceObject? step, string? text)
    {
        if (step is null)
        {
            return message?.Text(name);
        }

        if (text is not null)
        {
            message?.Expect(name, text);
        }

        return text;
    }

    private static IReadOnlyList<SourcePart> Parts(SourceObject? message, SourceObject? step) => (message, step) switch
    {
        (not null, not null) => [message.Part(), step.Part()],
        (not null, null) => [message.Part()],
        (null, not null) => [step.Part()],
        _ => [],
    };

    private static string ToolOf(string? action)
    {
        var name = action.AsSpan().Trim();
        var end = name.IndexOfAny(" \n\r\t");
        name = end < 0 ? name : name[..end];
        return name.Length == 0 ? Shell : name.ToString();
    }

    private static string? RoleOf(SourceObject message) => message.Peek("role") is { ValueKind: JsonValueKind.String } role ? SourceText.Of(role) : null;

    private static bool IsDemonstration(SourceObject message) => message.Peek("is_demo") is { ValueKind: JsonValueKind.True };
}
