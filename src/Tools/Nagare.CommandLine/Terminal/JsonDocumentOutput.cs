using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>Writes the one JSON document of a verb: one line, ASCII only, so that nothing in it acts on a terminal.</summary>
internal static class JsonDocumentOutput
{
    /// <summary>Writes an object.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="writeMembers">Writes its members.</param>
    public static void Write(CommandConsole console, Action<Utf8JsonWriter> writeMembers)
    {
        using var buffered = new BufferedStream(console.OpenOutput());
        using (var json = new Utf8JsonWriter(buffered, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        buffered.WriteByte((byte)'\n');
        buffered.Flush();
    }

    /// <summary>Writes a value given as JSON text. Value by value, not copied, so that its strings come out escaped like all others.</summary>
    public static void WriteValue(Utf8JsonWriter json, string value)
    {
        using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = MaxDepth });
        document.RootElement.WriteTo(json);
    }

    // A state or a payload stands a few levels below the document's top.
    private const int MaxDepth = JournalLimits.MaxJsonDepth + 16;
}
