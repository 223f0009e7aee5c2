using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nagare;

/// <summary>One codec for each form of the grammar, for generated code to put together; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class WireCodec
{
    /// <summary>True or false.</summary>
    public readonly struct Boolean : IWireCodec<bool>
    {
        /// <inheritdoc/>
        public static bool Read(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw WireReader.Unexpected(ref reader, "a boolean"),
        };

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
    }

    /// <summary>JSON as it stands, its bytes kept both ways.</summary>
    public readonly struct Json : IWireCodec<JsonElement>
    {
        /// <inheritdoc/>
        public static JsonElement Read(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                throw new WireFormatException("the JsonElement is undefined");
            }

            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }
    }

    /// <summary>A class or null.</summary>
    public readonly struct NullableReference<T, TCodec> : IWireCodec<T?>
        where T : class
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static T? Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : TCodec.Read(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, T? value)
        {
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                TCodec.Write(writer, value);
            }
        }
    }

    /// <summary>A struct or null.</summary>
    public readonly struct NullableValue<T, TCodec> : IWireCodec<T?>
        where T : struct
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static T? Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : TCodec.Read(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, T? value)
        {
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                TCodec.Write(writer, value.GetValueOrDefault());
            }
        }
    }
}
