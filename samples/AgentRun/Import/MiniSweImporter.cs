using System.Globalization;
using System.Text.Json;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns;

/// <summary>Runs of mini-swe-agent, with the provider's replies, costs and times; and the verdicts of the test harness over them.</summary>
public sealed class MiniSweImporter : RunImporter
{
    /// <inheritdoc/>
    public override string Format => RunFormat.MiniSwe;

    /// <inheritdoc/>
    public override string Description => "trajectories of mini-swe-agent, and verdicts over them, one JSON object a line";

    /// <inheritdoc/>
    public override bool CanRead(ImportRecord record) =>
        record is not null && (record.HasMembers("instance_id", "trajectory_format", "messages") || record.HasMembers("instance_id", "resolved"));

    private protected override AppendRequest Read(SourceObject run) => run.Has("resolved") && !run.Has("trajectory_format") ? ReadVerdict(run) : ReadRun(run);

    private static AppendRequest ReadVerdict(SourceObject verdict)
    {
        var task = DemandName(verdict, "instance_id");
        var resolved = verdict.Peek("resolved") switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => throw verdict.Missing("resolved", "true or false"),
        };
        var run = RunRecorder.StreamIdOf(RunFormat.MiniSwe, task);
        return new()
        {
            Streams = [new(new StreamId("run-verdict", run.Id), ExpectedVersion.NoStream, [new(new RunVerdictEvent.Tested(run.ToString(), task, resolved, verdict.Whole))])],
            Metadata = new() { CorrelationId = run.ToString(), Actor = "harness" },
        };
    }

    private static AppendRequest ReadRun(SourceObject run)
    {
        var task = DemandName(run, "instance_id");
        var messages = run.Objects("messages") ?? throw run.Missing("messages", "a list of messages");
        var info = run.Object("info");
        var configuration = info?.Raw("config");
        var end = messages[^1].Peek("role") is { ValueKind: JsonValueKind.String } role && role.ValueEquals("exit") ? messages[^1] : null;

        var recorder = new RunRecorder(RunFormat.MiniSwe, task);
        var statistics = end is null ? null : info?.Object("model_stats");
        recorder.Started(new(RunFormat.MiniSwe, task, Model: ModelOf(configuration), Configuration: configuration, Source: Parts(run, info)));
        var tools = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in end is null ? messages : messages.Take(messages.Count - 1))
        {
            Record(recorder, message, tools);
        }

        if (end is not null)
        {
            RecordEnd(recorder, end, statistics);
        }

        return recorder.ToAppend();
    }

    private static void Record(RunRecorder recorder, SourceObject message, Dictionary<string, string> tools)
    {
        var extra = message.Object("extra");
        var at = Instant(extra?.Peek("timestamp"));
        var role = message.Demand("role");
        switch (role)
        {
            case "system":
                recorder.Instructed(new(message.TextOr("content", ""), Parts(message, extra)));
                break;
            case "assistant":
                RecordTurn(recorder, message, extra, at, tools);
                break;
            case "tool":
                RecordResult(recorder, message, extra, at, tools);
                break;
            case "user" when extra?.Peek("interrupt_type") is { ValueKind: JsonValueKind.String } interrupt:
                message.PutBack("role");
                recorder.Noted(new(SourceText.Of(interrupt), message.TextOr("content", ""), Parts(message, extra)), at);
                break;
            case "user":
                recorder.UserSaid(new(message.TextOr("content", ""), Parts(message, extra)), at);
                break;
            default:
                message.PutBack("role");
                recorder.Noted(new(role, message.TextOr("content", ""), Parts(message, extra)), at);
                break;
        }
    }

    private static void RecordEnd(RunRecorder recorder, SourceObject message, SourceObject? statistics)
    {
        message.Demand("role");
        var extra = message.Object("extra");
        var at = Instant(extra?.Peek("timestamp"));
        var status = extra?.TextOr("exit_status", "exited") ?? "exited";
        var ended = new AgentRunEvent.Ended(status, message.Text("content"), statistics?.Decimal("instance_cost"), statistics?.Integer("api_calls"));
        recorder.Ended(ended with { Source = Parts(message, extra, statistics) }, at);
    }

    private static void RecordTurn(RunRecorder recorder, SourceObject message, SourceObject? extra, DateTimeOffset? at, Dictionary<string, string> tools)
    {
        var calls = TakeCalls(message, extra);
        var reply = extra?.Raw("response");
        var usage = Member(reply, "usage");
        var content = message.Text("content");

        // Beside a call the text reaches nobody: it is the model thinking aloud. Without one it is an answer.
        recorder.Replied(
            new(
                calls.Count == 0 ? content : null,
                calls.Count == 0 ? null : content,
                calls.Count,
                reply,
                TextOf(Member(reply, "model")),
                TextOf(Member(reply, "system_fingerprint")),
                CountOf(Member(usage, "prompt_tokens")),
                CountOf(Member(usage, "completion_tokens")),
                extra?.Decimal("cost"),
                Source: Parts(message, extra)),
            at);
        foreach (var call in calls)
        {
            recorder.Called(call, at);
            if (call.CallId is { } id)
            {
                tools[id] = call.Tool;
            }
        }
    }

    /// <summary>The calls with the commands that the harness made of them, where it names one for each.</summary>
    private static IReadOnlyList<AgentRunEvent.ToolCalled> TakeCalls(SourceObject message, SourceObject? extra)
    {
        var calls = OpenAiCall.Take(message);
        if (calls.Count == 0 || extra?.Objects("actions") is not { } actions)
        {
            return calls;
        }

        if (actions.Count != calls.Count)
        {
            extra.PutBack("actions");
            return calls;
        }

        return [.. calls.Zip(actions, static (call, action) =>
        {
            if (call.CallId is { } id)
            {
                action.Expect("tool_call_id", id);
            }

            return call with { Command = action.Text("command"), Source = [.. call.Source!, action.Part()] };
        })];
    }

    private static void RecordResult(RunRecorder recorder, SourceObject message, SourceObject? extra, DateTimeOffset? at, Dictionary<string, string> tools)
    {
        var shown = message.Text("content");
        var call = message.Text("tool_call_id");
        var tool = call is not null && tools.TryGetValue(call, out var known) ? known : "tool";
        var output = extra?.TextOr("raw_output", shown ?? "") ?? shown ?? "";
        var code = extra?.Integer("returncode");
        var exception = TextOf(extra?.Peek("exception_type")) ?? (TextOf(extra?.Peek("exception_info")) is { Length: > 0 } ? "exception" : null);
        var error = exception ?? (code is null or 0 ? null : string.Create(CultureInfo.InvariantCulture, $"return code {code}"));

        AgentRunEvent result = error is null
            ? new AgentRunEvent.ToolReturned(call, tool, output, shown, code, Source: Parts(message, extra))
            : new AgentRunEvent.ToolFailed(call, tool, error, output, shown, code, Source: Parts(message, extra));
        recorder.Answered(result, call, tool, at);
    }

    private static IReadOnlyList<SourcePart> Parts(SourceObject message, params ReadOnlySpan<SourceObject?> more)
    {
        var parts = new List<SourcePart> { message.Part() };
        foreach (var source in more)
        {
            if (source is not null)
            {
                parts.Add(source.Part());
            }
        }

        return parts;
    }

    private static string? ModelOf(JsonElement? configuration) => TextOf(Member(Member(configuration, "model"), "model_name"));

    private static JsonElement? Member(JsonElement? from, string name) =>
        from is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? SourceText.Of(text) : null;

    private static long? CountOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : null;
}
