using System.Globalization;
using System.Text.Json;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns;

/// <summary>Runs of tau-bench: a simulated user, an agent with tools, a policy, and a reward at the end. No times, no costs, no provider replies.</summary>
public sealed class TauBenchImporter : RunImporter
{
    /// <inheritdoc/>
    public override string Format => RunFormat.TauBench;

    /// <inheritdoc/>
    public override string Description => "conversations of tau-bench, one JSON object a line";

    /// <inheritdoc/>
    public override bool CanRead(ImportRecord record) => record.HasMembers("task_id", "trial", "traj");

    private protected override AppendRequest Read(SourceObject run)
    {
        var task = run.Integer("task_id") ?? throw run.Missing("task_id", "a whole number");
        var trial = run.Integer("trial") ?? throw run.Missing("trial", "a whole number");
        var messages = run.Objects("traj") ?? throw run.Missing("traj", "a list of messages");
        var reward = run.Decimal("reward");
        var info = run.Object("info");
        var report = reward is null ? null : info?.Raw("reward_info");

        var recorder = new RunRecorder(Format, $"{task}-{trial}")
        {
            Subject = info?.Peek("task") is { ValueKind: JsonValueKind.Object } set && set.TryGetProperty("user_id", out var user) && user.ValueKind == JsonValueKind.String ? $"user:{SourceText.Of(user)}" : null,
        };
        recorder.Started(new(Format, task.ToString(CultureInfo.InvariantCulture), trial, Source: info is null ? [run.Part()] : [run.Part(), info.Part()]));
        AgentRunEvent? last = null;
        foreach (var message in messages)
        {
            last = Record(recorder, message);
        }

        recorder.Ended(new(EndOf(last)));
        if (reward is { } score)
        {
            recorder.Graded(new(score >= 1, score, "tau-bench", report, [new SourcePart("")]));
        }

        return recorder.ToAppend();
    }

    private static AgentRunEvent Record(RunRecorder recorder, SourceObject message)
    {
        var role = message.Demand("role");
        switch (role)
        {
            case "system":
                var instructed = new AgentRunEvent.Instructed(message.TextOr("content", ""), [message.Part()]);
                recorder.Instructed(instructed);
                return instructed;
            case "user":
                var said = new AgentRunEvent.UserSaid(message.TextOr("content", ""), [message.Part()]);
                recorder.UserSaid(said);
                return said;
            case "assistant":
                return RecordTurn(recorder, message);
            case "tool":
                return RecordResult(recorder, message);
            default:
                message.PutBack("role");
                var noted = new AgentRunEvent.Noted(role, message.TextOr("content", ""), [message.Part()]);
                recorder.Noted(noted);
                return noted;
        }
    }

    private static AgentRunEvent.ModelReplied RecordTurn(RunRecorder recorder, SourceObject message)
    {
        var text = message.Text("content");
        var calls = OpenAiCall.Take(message);
        var turn = new AgentRunEvent.ModelReplied(text, Calls: calls.Count, Source: [message.Part()]);
        recorder.Replied(turn);
        foreach (var call in calls)
        {
            recorder.Called(call);
        }

        return turn;
    }

    private static AgentRunEvent RecordResult(RunRecorder recorder, SourceObject message)
    {
        var tool = message.TextOr("name", "tool");
        var call = message.Text("tool_call_id");
        var output = message.TextOr("content", "");

        // The environment's tools refuse in one way: their answer begins with this word.
        AgentRunEvent result = output.StartsWith("Error", StringComparison.Ordinal)
            ? new AgentRunEvent.ToolFailed(call, tool, output.Split('\n')[0], output, Source: [message.Part()])
            : new AgentRunEvent.ToolReturned(call, tool, output, Source: [message.Part()]);
        recorder.Answered(result, call, tool);
        return result;
    }

    private static string EndOf(AgentRunEvent? last) => last switch
    {
        AgentRunEvent.ToolReturned { Tool: "transfer_to_human_agents" } => "transferred to a human",
        AgentRunEvent.UserSaid said when said.Text.Contains("###STOP###", StringComparison.Ordinal) => "the user was done",
        _ => "cut off",
    };
}
