using System.Text;
using System.Text.Json;

namespace Nagare;

/// <summary>Describes an event that nobody explains, from its name and the first of its members.</summary>
internal static class EventDescription
{
    /// <summary>Most members shown: what fits a line or two.</summary>
    internal const int MaxMembers = 8;

    /// <summary>Most characters shown of one value.</summary>
    internal const int MaxValueCharacters = 80;

    /// <summary>"Tool failed", "tool name: search, error code: 42".</summary>
    /// <param name="typeName">The stored name of the event's type.</param>
    /// <param name="data">Its payload; members that are objects, arrays or null are left out, and a payload that is no JSON object has none.</param>
    public static Explanation Of(string typeName, ReadOnlyMemory<byte> data) => new(TitleFrom(typeName), Members(data.Span));

    private static string TitleFrom(string typeName)
    {
        var words = Words(typeName);
        return words.Length == 0 ? typeName : string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }

    private static string Members(ReadOnlySpan<byte> data)
    {
        var summary = new StringBuilder();
        var reader = new Utf8JsonReader(data);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "";
            }

            for (var shown = 0; shown < MaxMembers && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (Scalar(ref reader) is { } value)
                {
                    summary.Append(shown++ == 0 ? "" : ", ").Append(Words(name)).Append(": ").Append(value);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken off, or a string that is no Unicode: what was read until here still says more than nothing.
        }

        return summary.ToString();
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Shorten(reader.GetString()!),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private static string Shorten(string value)
    {
        if (value.Length <= MaxValueCharacters)
        {
            return value;
        }

        var end = char.IsHighSurrogate(value[MaxValueCharacters - 1]) ? MaxValueCharacters - 1 : MaxValueCharacters;
        return string.Concat(value.AsSpan(0, end), "…");
    }

    // "tool-failed", "toolName" and "ToolName" as words. A run of capitals is one word: "argsJSON" is "args JSON".
    private static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c is '-' or '_' or '.')
            {
                words.Append(' ');
            }
            else if (char.IsUpper(c) && i > 0 && !char.IsUpper(name[i - 1]))
            {
                words.Append(name[i - 1] is '-' or '_' or '.' ? "" : " ").Append(IsOneCapital(name, i) ? char.ToLowerInvariant(c) : c);
            }
            else
            {
                words.Append(i == 0 && IsOneCapital(name, i) ? char.ToLowerInvariant(c) : c);
            }
        }

        return words.ToString().Trim();
    }

    private static bool IsOneCapital(string name, int index) => char.IsUpper(name[index]) && (index + 1 == name.Length || !char.IsUpper(name[index + 1]));
}
