using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>An export's first line, read.</summary>
/// <param name="Events">How many events follow.</param>
/// <param name="Types">What the journal said about its types.</param>
internal sealed record ExportHeader(long Events, IReadOnlyList<StoredEventType> Types)
{
    /// <exception cref="RestoreException">The line is no header of a format that this build reads.</exception>
    public static ExportHeader Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var header = document.RootElement;
            if (header.GetProperty("kind").GetString() != ExportFormat.Kind)
            {
                throw new RestoreException("Line 1 is no header of an exported journal. Nothing was stored.");
            }

            var format = header.GetProperty("format").GetInt32();
            if (format is < 1 or > ExportFormat.Version)
            {
                throw new RestoreException($"The export has format {format}; this build reads formats 1 to {ExportFormat.Version}. Nothing was stored.");
            }

            return new ExportHeader(header.GetProperty("events").GetInt64(), [.. header.GetProperty("types").EnumerateArray().Select(ReadType)]);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new RestoreException($"Line 1 is no header of an exported journal: {problem.Message} Nothing was stored.", problem);
        }
    }

    private static StoredEventType ReadType(JsonElement type) => new(
        Text(type, "family"),
        Text(type, "name"),
        type.GetProperty("schemaVersion").GetInt32(),
        Text(type, "schema"),
        type.TryGetProperty("template", out var template) ? ReadTemplate(template) : null);

    private static ExplanationTemplate ReadTemplate(JsonElement template) => new(
        Text(template, "title"),
        Text(template, "summary"),
        OptionalText(template, "detail"),
        OptionalText(template, "actor"),
        [.. template.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString() ?? throw new FormatException("A tag is null."))]);

    private static string Text(JsonElement from, string name) =>
        from.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string? OptionalText(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.GetString() : null;
}
