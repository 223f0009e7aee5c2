using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nagare;

/// <summary>How the tools write JSON: readable in every script, with the characters escaped that <see cref="VisibleText"/> makes visible.</summary>
internal static class VisibleJson
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(Settings());

    /// <summary>For JSON lines.</summary>
    public static JsonWriterOptions OneLine { get; } = new() { Encoder = Encoder };

    /// <summary>For people; line feeds on every machine.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Encoder = Encoder, Indented = true, NewLine = "\n" };

    /// <summary>An instant in UTC, always with six decimals, so that texts sort as times do.</summary>
    public static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes the members <c>title, summary, detail, tags</c> into an object.</summary>
    public static void WriteExplanation(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteString("title", explanation.Title);
        json.WriteString("summary", explanation.Summary);
        json.WriteString("detail", explanation.Detail);
        json.WriteStartArray("tags");
        foreach (var (key, value) in explanation.Tags)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The encoder escapes control characters and separators by itself, but takes format characters for text.
    private static TextEncoderSettings Settings()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        for (var code = 0; code <= char.MaxValue; code++)
        {
            if (CharUnicodeInfo.GetUnicodeCategory((char)code) == UnicodeCategory.Format)
            {
                settings.ForbidCharacter((char)code);
            }
        }

        return settings;
    }
}
