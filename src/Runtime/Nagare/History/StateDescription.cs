using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nagare;

/// <summary>A state as JSON: what a person or a tool sees of an aggregate at a version.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Version">The version of the last event folded into it; 0 for none.</param>
/// <param name="Aggregate">The name of the aggregate's type.</param>
/// <param name="Value">The state.</param>
public sealed record StateDescription(StreamId StreamId, StreamVersion Version, string Aggregate, JsonElement Value)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The state as JSON on one line.</summary>
    public string ToJson() => Write(Indented with { Indented = false });

    /// <summary>The state as JSON, indented by two blanks, with line feeds.</summary>
    public string ToIndentedJson() => Write(Indented);

    /// <summary>The state as indented JSON.</summary>
    public override string ToString() => ToIndentedJson();

    private string Write(JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            Value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
