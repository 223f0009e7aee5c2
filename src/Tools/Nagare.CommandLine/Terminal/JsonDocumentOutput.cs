using System.Text;
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

    /// <summary>Writes a JSON text as the document. Its tokens stay as they are, half a surrogate pair too; what a terminal might act on is escaped.</summary>
    public static void WriteText(CommandConsole console, ReadOnlySpan<byte> json)
    {
        const byte FirstPrintable = (byte)' ';
        const byte Delete = 0x7F;
        Span<char> units = stackalloc char[2];
        using var buffered = new BufferedStream(console.OpenOutput());
        while (!json.IsEmpty)
        {
            Rune.DecodeFromUtf8(json, out var rune, out var length);
            if (rune.Value is >= FirstPrintable and < Delete)
            {
                buffered.WriteByte(json[0]);
            }
            else if (rune.Value >= Delete)
            {
                // Within a string: JSON has no such character anywhere else.
                foreach (var unit in units[..rune.EncodeToUtf16(units)])
                {
                    buffered.Write(Encoding.ASCII.GetBytes($"\\u{(int)unit:X4}"));
                }
            }

            // What is left are the tabs and line breaks between tokens: nothing, on one line.
            json = json[length..];
        }

        buffered.WriteByte((byte)'\n');
        buffered.Flush();
    }

    // A state or a payload stands a few levels below the document's top.
    private const int MaxDepth = JournalLimits.MaxJsonDepth + 16;
}
