using System.Text.Json;

namespace AgentRuns;

/// <summary>JSON inside texts that tools and models write: valid as a rule, never to be relied upon.</summary>
internal static class ToolJson
{
    /// <summary>The document; null where the text is no JSON.</summary>
    public static JsonDocument? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
