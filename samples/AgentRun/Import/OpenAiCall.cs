using System.Text.Json;

namespace AgentRuns;

/// <summary>Tool calls as OpenAI's chat messages have them, which all three formats borrow: <c>{id, type, function: {name, arguments}}</c>.</summary>
internal static class OpenAiCall
{
    /// <summary>Takes the calls out of a message. None, and left where they are, unless every call is understood.</summary>
    public static IReadOnlyList<AgentRunEvent.ToolCalled> Take(SourceObject message)
    {
        if (message.Peek("tool_calls") is not { ValueKind: JsonValueKind.Array } calls || !calls.EnumerateArray().All(IsUnderstood) || message.Objects("tool_calls") is not { } items)
        {
            return [];
        }

        return [.. items.Select(Read)];
    }

    private static AgentRunEvent.ToolCalled Read(SourceObject call)
    {
        var function = call.Object("function")!;
        call.Expect("type", "function");
        return new(call.Text("id"), function.Demand("name"), function.Demand("arguments"), Source: [call.Part(), function.Part()]);
    }

    private static bool IsUnderstood(JsonElement call) =>
        call.ValueKind == JsonValueKind.Object
        && call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
        && IsText(function, "name") && IsText(function, "arguments");

    private static bool IsText(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;
}
