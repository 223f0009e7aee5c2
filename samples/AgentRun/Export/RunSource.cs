using System.Text.Encodings.Web;
using System.Text.Json;
using Nagare;

namespace AgentRuns;

/// <summary>
/// Writes a run back in the format that it was imported from. The JSON value equals the original: members may stand in another
/// order and texts may be escaped in another way, numbers keep their digits.
/// </summary>
public static class RunSource
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a run, or a verdict, as the journal has it; false where it was recorded as it happened.</summary>
    public static bool TryWrite(IReadOnlyList<Envelope> run, Stream output)
    {
        ArgumentNullException.ThrowIfNull(run);
        switch (run)
        {
            case [{ Event: RunVerdictEvent.Tested verdict }]:
                Write(verdict, output);
                return true;
            case [{ Event: AgentRunEvent.Started { Format: not RunFormat.Live } }, ..]:
                Write([.. run.Select(static envelope => (AgentRunEvent)envelope.Event)], output);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes a run.</summary>
    /// <param name="run">All events of the run, in order.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="NotSupportedException">The run was not imported.</exception>
    public static void Write(IReadOnlyList<AgentRunEvent> run, Stream output)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        var root = new SourceNode();
        foreach (var part in run.SelectMany(static e => e.Parts))
        {
            root.At(part.At).Add(part);
        }

        var format = run is [AgentRunEvent.Started started, ..] ? started.Format : RunFormat.Live;
        switch (format)
        {
            case RunFormat.TauBench:
                TauBenchSource.Fill(root, run);
                break;
            case RunFormat.MiniSwe:
                MiniSweSource.Fill(root, run);
                break;
            case RunFormat.SweAgent:
                SweAgentSource.Fill(root, run);
                break;
            default:
                throw new NotSupportedException($"A run in the format '{format}' was not imported: it has no source to be written back to.");
        }

        using var writer = new Utf8JsonWriter(output, Plain);
        root.Write(writer);
    }

    /// <summary>Writes a verdict back as it came.</summary>
    public static void Write(RunVerdictEvent.Tested verdict, Stream output)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        using var writer = new Utf8JsonWriter(output, Plain);
        verdict.Report.WriteTo(writer);
    }

    /// <summary>Fills a tool call as OpenAI's chat messages have it.</summary>
    internal static void FillCall(SourceNode root, AgentRunEvent.ToolCalled call)
    {
        if (call.Parts is not [var whole, var function, ..])
        {
            return;
        }

        root.At(whole.At).Set("id", call.CallId);
        root.At(whole.At).Set("type", "function");
        root.At(function.At).Set("name", call.Tool);
        root.At(function.At).Set("arguments", call.Arguments);
    }
}
