// A journal outlives the application that wrote it: it keeps, for each stored event type, the explanation templates, so that a tool
// that knows none of the application's types can still say what happened.
using System.Globalization;
using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>Explains a stored event by the templates that the journal itself keeps, without the event's CLR type.</summary>
public static class StoredExplanation
{
    /// <summary>Most characters of a value that is an object or an array, shown as JSON.</summary>
    private const int MaxJsonCharacters = 200;

    /// <summary>
    /// The event in plain words: by its kept templates, else by its name and its top-level members. Formatting is culture-invariant.
    /// Never throws for what is stored: a hole that names no member stays as it stands, a payload that is no JSON leaves the name.
    /// </summary>
    /// <param name="type">What the journal keeps about the event's type.</param>
    /// <param name="data">The payload as stored.</param>
    public static Explanation Of(StoredEventType type, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.Template is not { } template)
        {
            return EventDescription.Of(type.Name, data);
        }

        try
        {
            using var document = JsonDocument.Parse(data);
            var payload = document.RootElement;
            return new Explanation(Fill(template.Title, payload), Fill(template.Summary, payload))
            {
                Detail = template.Detail is null ? null : Fill(template.Detail, payload),
                Actor = template.Actor is null ? null : Fill(template.Actor, payload),
                Tags = [.. template.Tags.Select(tag => Tag(tag, payload))],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a member name that is no Unicode.
            return EventDescription.Of(type.Name, data);
        }
    }

    private static (string Key, string Value) Tag(string template, JsonElement payload)
    {
        var equals = template.IndexOf('=');
        return equals < 0 ? (template, "") : (template[..equals], Fill(template[(equals + 1)..], payload));
    }

    private static string Fill(string template, JsonElement payload) =>
        TemplateText.Fill(template, (path, format) => Find(payload, path) is { } found ? Text(found, format) : null);

    // A member that the schema knows may be absent from a payload: then it is null, and null is empty. A member that no payload could
    // hold looks the same from here, so it is empty too.
    private static JsonElement? Find(JsonElement payload, string path)
    {
        var at = payload;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !TryMember(at, name, out at))
            {
                return name.Length > 0 && name.All(IsNameCharacter) ? default(JsonElement) : null;
            }
        }

        return at;
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '@';

    // Generated event types keep holes under the payload's own names. One written by hand may name members as its code does: in another case.
    private static bool TryMember(JsonElement at, string name, out JsonElement member)
    {
        if (at.TryGetProperty(name, out member) || at.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(name), out member))
        {
            return true;
        }

        foreach (var property in at.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                member = property.Value;
                return true;
            }
        }

        return false;
    }

    private static string Text(JsonElement value, string? format) => value.ValueKind switch
    {
        JsonValueKind.String => Formatted(value, format) ?? Unicode(value),
        JsonValueKind.Number => Number(value, format) ?? value.GetRawText(),
        JsonValueKind.True => bool.TrueString,
        JsonValueKind.False => bool.FalseString,
        JsonValueKind.Object or JsonValueKind.Array => Shorten(value.GetRawText()),
        _ => "",
    };

    private static string Unicode(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, written as an escape: no .NET string holds it, its JSON shows it.
            return value.GetRawText();
        }
    }

    private static string? Number(JsonElement value, string? format) =>
        format is null ? null
        : value.TryGetDecimal(out var exact) ? Format(exact, format)
        : value.TryGetDouble(out var wide) && double.IsFinite(wide) ? Format(wide, format)
        : null;

    // Only what is stored as text and has formats of its own: times and spans.
    private static string? Formatted(JsonElement value, string? format)
    {
        if (format is null)
        {
            return null;
        }

        try
        {
            return value.TryGetDateTimeOffset(out var instant) ? Format(instant, format)
                : TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out var span) ? Format(span, format)
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Format(IFormattable value, string format)
    {
        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Shorten(string json) => json.Length <= MaxJsonCharacters ? json : string.Concat(json.AsSpan(0, MaxJsonCharacters), "…");
}
