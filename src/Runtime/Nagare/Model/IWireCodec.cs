using System.ComponentModel;
using System.Text.Json;

namespace Nagare;

/// <summary>Reads and writes one type; implemented by generated converters and by <see cref="WireCodec"/>.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWireCodec<T>
{
    /// <summary>Reads a value; the reader stands on its first token, and afterwards on its last.</summary>
    /// <exception cref="JsonException">The JSON does not fit.</exception>
    static abstract T Read(ref Utf8JsonReader reader);

    /// <summary>Writes a value.</summary>
    /// <exception cref="JsonException">The value cannot be stored.</exception>
    static abstract void Write(Utf8JsonWriter writer, T value);
}
