using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>What generated codecs call to write; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireWriter
{
    /// <summary>Writes a text member.</summary>
    /// <exception cref="JsonException">It is null, or holds a lone surrogate, for which the writer would silently store U+FFFD.</exception>
    public static void String(Utf8JsonWriter writer, JsonEncodedText name, string value)
    {
        if (value is null || HasLoneSurrogate(value))
        {
            // The name first: the path to a fault is read from what was written.
            writer.WritePropertyName(name);
            throw value is null ? Null() : LoneSurrogate();
        }

        writer.WriteString(name, value);
    }

    /// <summary>Writes a text member or null.</summary>
    /// <inheritdoc cref="String"/>
    public static void StringOrNull(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            String(writer, name, value);
        }
    }

    /// <summary>Writes a member that must be finite.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static void Number(Utf8JsonWriter writer, JsonEncodedText name, double value)
    {
        if (!double.IsFinite(value))
        {
            writer.WritePropertyName(name);
            throw NotFinite();
        }

        writer.WriteNumber(name, value);
    }

    /// <inheritdoc cref="Number(Utf8JsonWriter, JsonEncodedText, double)"/>
    public static void Number(Utf8JsonWriter writer, JsonEncodedText name, float value)
    {
        if (!float.IsFinite(value))
        {
            writer.WritePropertyName(name);
            throw NotFinite();
        }

        writer.WriteNumber(name, value);
    }

    /// <summary>Writes what the user's context covers.</summary>
    public static void Foreign<T>(Utf8JsonWriter writer, T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is null)
        {
            throw Null();
        }

        JsonSerializer.Serialize(writer, value, type);
    }

    /// <summary>Null where the type does not allow it.</summary>
    public static JsonException Null() => new WireFormatException("null is no value of it");

    /// <summary>A number of an enum that has no name.</summary>
    public static JsonException Unnamed<TEnum>(TEnum value)
        where TEnum : struct, Enum => new WireFormatException($"{typeof(TEnum).Name} has no name for {value:D}");

    /// <summary>The typed error for what a codec found, with the path to it: the event is written again, aside, up to the place of the fault.</summary>
    /// <param name="value">The event.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="fault">What was found.</param>
    /// <param name="eventName">The event's family and type name.</param>
    /// <param name="schemaVersion">Its schema version.</param>
    internal static EventFormatException Fault<T>(T value, Action<Utf8JsonWriter, T> write, JsonException fault, string eventName, int schemaVersion)
    {
        var written = new ArrayBufferWriter<byte>();
        using var aside = new Utf8JsonWriter(written, new JsonWriterOptions { SkipValidation = true });
        try
        {
            write(aside, value);
        }
        catch (JsonException)
        {
            // The same fault, with everything before it written.
        }

        aside.Flush();
        return new EventFormatException(eventName, schemaVersion, WirePath.AtEnd(written.WrittenSpan), null, (fault as WireFormatException)?.Reason ?? fault.Message.TrimEnd('.'), fault);
    }

    internal static WireFormatException NotFinite() => new("the number is not finite");

    internal static WireFormatException LoneSurrogate() => new("the text holds a lone surrogate");

    internal static string Checked(string value) =>
        value is null ? throw Null()
        : HasLoneSurrogate(value) ? throw LoneSurrogate()
        : value;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        // Most texts are ASCII, which is found out fastest.
        if (Ascii.IsValid(text))
        {
            return false;
        }

        var first = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        return first >= 0 && HasLoneSurrogateFrom(text[first..]);
    }

    private static bool HasLoneSurrogateFrom(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                var next = text[i..].IndexOfAnyInRange('\uD800', '\uDFFF');
                if (next < 0)
                {
                    return false;
                }

                i += next;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
