using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare;

/// <summary>What the generated converters of types inside events are to <see cref="JsonSerializer"/>; not meant to be derived from by hand.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <typeparam name="TSelf">The converter.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireConverter<T, TSelf> : JsonConverter<T>
    where TSelf : IWireCodec<T>
{
    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TSelf.Read(ref reader);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => TSelf.Write(writer, value);
}
