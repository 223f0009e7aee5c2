using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AgentRuns;

/// <summary>Reads JSON strings, also those that no .NET string can hold faithfully: tools cut their output in the middle of a character.</summary>
internal static class SourceText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The string; false where it holds a lone surrogate, which the text then shows as U+FFFD.</summary>
    public static bool TryRead(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = Repair(value.GetRawText());
            return false;
        }
    }

    /// <summary>Any value as text for people.</summary>
    public static string Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Repair(value.GetRawText());
        }

        TryRead(value, out var text);
        return text;
    }

    // Works on the raw text, where a lone surrogate is still an escape of six characters.
    private static string Repair(string raw)
    {
        var repaired = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                repaired.Append(raw[i]);
            }
            else if (TryUnit(raw, i, out var unit) && char.IsSurrogate(unit))
            {
                var isPair = char.IsHighSurrogate(unit) && TryUnit(raw, i + 6, out var low) && char.IsLowSurrogate(low);
                repaired.Append(isPair ? raw.Substring(i, 12) : Replacement.ToString());
                i += isPair ? 11 : 5;
            }
            else
            {
                repaired.Append(raw, i, 2);
                i++;
            }
        }

        using var document = JsonDocument.Parse(repaired.ToString());
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : repaired.ToString();
    }

    private static bool TryUnit(string raw, int at, [MaybeNullWhen(false)] out char unit)
    {
        unit = default;
        if (at + 6 > raw.Length || raw[at] != '\\' || raw[at + 1] != 'u' || !ushort.TryParse(raw.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        unit = (char)code;
        return true;
    }
}
