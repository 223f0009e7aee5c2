using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare;

/// <summary>What the generated converters of events are to <see cref="JsonSerializer"/>; not meant to be derived from by hand.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
/// <typeparam name="TSelf">The converter.</typeparam>
/// <param name="eventName">The event's family and type name, for errors.</param>
/// <param name="schemaVersion">Its schema version.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventConverter<TEvent, TSelf>(string eventName, int schemaVersion) : JsonConverter<TEvent>
    where TEvent : class
    where TSelf : IWireCodec<TEvent>
{
    /// <inheritdoc/>
    /// <exception cref="EventFormatException">The JSON does not fit.</exception>
    public sealed override TEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        try
        {
            return TSelf.Read(ref reader);
        }
        catch (JsonException fault)
        {
            throw WireReader.Fault(start, fault, eventName, schemaVersion);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EventFormatException">The event holds what cannot be stored.</exception>
    public sealed override void Write(Utf8JsonWriter writer, TEvent value, JsonSerializerOptions options)
    {
        try
        {
            TSelf.Write(writer, value);
        }
        catch (JsonException fault)
        {
            throw WireWriter.Fault(value, static (aside, value) => TSelf.Write(aside, value), fault, eventName, schemaVersion);
        }
    }
}
