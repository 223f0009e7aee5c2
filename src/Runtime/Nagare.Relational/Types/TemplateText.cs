using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nagare.Storage;

/// <summary>An event's explanation templates as the text kept in <c>nagare_types</c>: one JSON object, the same on every database.</summary>
public static class TemplateText
{
    /// <summary>Writes the templates; null for none.</summary>
    public static string? Write(ExplanationTemplate? template)
    {
        if (template is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("title", template.Title);
            writer.WriteString("summary", template.Summary);
            WriteOptional(writer, "detail", template.Detail);
            WriteOptional(writer, "actor", template.Actor);
            writer.WriteStartArray("tags");
            foreach (var tag in template.Tags)
            {
                writer.WriteStringValue(tag);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the templates; null for none.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static ExplanationTemplate? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new ExplanationTemplate(
            root.GetProperty("title").GetString()!,
            root.GetProperty("summary").GetString()!,
            ReadOptional(root, "detail"),
            ReadOptional(root, "actor"),
            [.. root.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)]);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? ReadOptional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
