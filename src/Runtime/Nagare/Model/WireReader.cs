using System.ComponentModel;
using System.Text.Json;

namespace Nagare;

/// <summary>What generated codecs call to read; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireReader
{
    /// <summary>Moves to the first token.</summary>
    public static void Start(ref Utf8JsonReader reader, string eventName, int schemaVersion)
    {
        try
        {
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new EventFormatException(eventName, schemaVersion, null, reader.BytesConsumed, "the payload is no JSON", e);
        }
    }
}
