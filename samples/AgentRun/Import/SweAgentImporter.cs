using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns;

/// <summary>
/// Trajectories of SWE-agent. The same run stands there twice, as what the model saw (<c>history</c>) and as what was done
/// (<c>trajectory</c>), and the two do not always agree; <see cref="SweAgentSteps"/> reads them side by side.
/// </summary>
public sealed class SweAgentImporter : RunImporter
{
    private const int FingerprintCharacters = 8;

    /// <inheritdoc/>
    public override string Format => RunFormat.SweAgent;

    /// <inheritdoc/>
    public override string Description => "trajectories of SWE-agent, one JSON object a line or a file";

    /// <inheritdoc/>
    public override bool CanRead(ImportRecord record) =>
        record is not null && record.HasMembers("history") && !record.HasMembers("messages") && (record.HasMembers("trajectory") || record.HasMembers("source_file"));

    private protected override AppendRequest Read(SourceObject run)
    {
        var history = run.Objects("history") ?? throw run.Missing("history", "a list of messages");
        var steps = run.Objects("trajectory") ?? [];
        var (task, id) = NameOf(run);
        var info = run.Object("info");
        var configuration = run.Raw("replay_config");

        var recorder = new RunRecorder(Format, id);
        recorder.Started(new(Format, task, Model: ModelOf(configuration), Configuration: configuration, Source: [run.Part()]));
        new SweAgentSteps(recorder, history, steps).Record();
        if (info is not null)
        {
            RecordEnd(recorder, info);
        }

        return recorder.ToAppend();
    }

    private static void RecordEnd(RunRecorder recorder, SourceObject info)
    {
        var statistics = info.Object("model_stats");
        var ended = new AgentRunEvent.Ended(info.TextOr("exit_status", "ended"), info.Text("submission"), statistics?.Decimal("instance_cost"), statistics?.Integer("api_calls"));
        recorder.Ended(ended with { Source = statistics is null ? [info.Part()] : [info.Part(), statistics.Part()] });
    }

    // A trajectory has no id of its own. Several are about one task, so the name of the file is made unique by where the file came
    // from, or, where that is not said, by what it holds.
    private static (string Task, string Id) NameOf(SourceObject run)
    {
        var file = run.Peek("source_file") is { ValueKind: JsonValueKind.String } source ? SourceText.Of(source) : null;
        var stem = file is null ? "" : Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        var task = stem.Length is > 0 and <= MaxNameCharacters ? stem : "trajectory";
        var origin = SHA256.HashData(Encoding.UTF8.GetBytes(file ?? run.Whole.GetRawText()));
        return (task, $"{task}-{Convert.ToHexStringLower(origin)[..FingerprintCharacters]}");
    }

    private static string? ModelOf(JsonElement? configuration) =>
        configuration is { ValueKind: JsonValueKind.Object } replay
        && replay.TryGetProperty("agent", out var agent) && agent.ValueKind == JsonValueKind.Object
        && agent.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object
        && model.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? SourceText.Of(name) : null;
}
