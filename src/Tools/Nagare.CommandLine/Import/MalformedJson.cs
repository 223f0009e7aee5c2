using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>What a JSON failure comes down to, in half a sentence.</summary>
internal static class MalformedJson
{
    public static string Reason(JsonException e)
    {
        // The message repeats path, line and byte at its end; the byte is said in our own words.
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
        return e.BytePositionInLine is { } position ? $"no valid JSON at byte {position}: {message}" : $"no valid JSON: {message}";
    }
}
