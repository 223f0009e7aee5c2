using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>What generated codecs call to read; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireReader
{
    /// <summary>Moves to the first token.</summary>
    internal static void Start(ref Utf8JsonReader reader, EventType type)
    {
        try
        {
            Advance(ref reader);
        }
        catch (JsonException e)
        {
            throw new EventFormatException(type.ToString(), type.SchemaVersion, null, reader.BytesConsumed, "the payload is no JSON", e);
        }
    }

    /// <summary>Moves to the next token; inside a value there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new WireFormatException("the payload ends early", reader.BytesConsumed);
        }
    }

    /// <summary>Moves past the value after a name; a reader that waits for more input cannot skip, but a codec never sees one.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        Advance(ref reader);
        if (!reader.TrySkip())
        {
            throw new WireFormatException("the payload ends early", reader.BytesConsumed);
        }
    }

    /// <summary>Checks that the reader stands on a name.</summary>
    public static void BeginName(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref reader, "a name");
        }
    }

    /// <summary>The names in a text that holds several, with commas between them.</summary>
    public static string[] Names(ref Utf8JsonReader reader) => WireCodec.String.Read(ref reader).Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A name that an enum does not have.</summary>
    public static JsonException UnknownName<TEnum>(ref Utf8JsonReader reader)
        where TEnum : struct, Enum => new WireFormatException($"{typeof(TEnum).Name} has no such name", reader.TokenStartIndex);

    /// <summary>A type's description in the user's context, asked for once a converter.</summary>
    /// <exception cref="EventModelException">The context does not have it.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
            ?? throw new EventModelException($"{context.GetType()} does not have {typeof(T)}, which an event stores. Add [JsonSerializable(typeof({typeof(T)}))] to it.");
    }

    /// <summary>Reads what the user's context covers.</summary>
    public static T Foreign<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        var offset = reader.TokenStartIndex;
        try
        {
            return JsonSerializer.Deserialize(ref reader, type) ?? throw new WireFormatException("null is no value of it", offset);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new WireFormatException(e.Message, offset);
        }
    }

    /// <summary>The typed error for what a codec found, with the path to it: the payload is walked again up to the place of the fault.</summary>
    /// <param name="start">The reader as it was before the event.</param>
    /// <param name="fault">What was found.</param>
    /// <param name="eventName">The event's family and type name.</param>
    /// <param name="schemaVersion">Its schema version.</param>
    internal static EventFormatException Fault(Utf8JsonReader start, JsonException fault, string eventName, int schemaVersion)
    {
        var found = fault as WireFormatException;
        var path = WirePath.To(start, found?.ByteOffset ?? long.MaxValue, out var end);
        if (found?.Member is { } member)
        {
            path = WirePath.Join(path, member);
        }

        var reason = found?.Reason ?? "the payload is no JSON: " + Sentence(fault.Message);
        return new EventFormatException(eventName, schemaVersion, path, found?.ByteOffset ?? end, reason, fault);
    }

    internal static WireFormatException Unexpected(ref Utf8JsonReader reader, string expected) =>
        new($"expected {expected}, found {Describe(reader.TokenType)}", reader.TokenStartIndex);

    internal static WireFormatException OutOfRange(ref Utf8JsonReader reader, string expected) =>
        new($"the number does not fit {expected}", reader.TokenStartIndex);

    internal static WireFormatException Malformed(ref Utf8JsonReader reader, string expected) =>
        new($"the text is no {expected}", reader.TokenStartIndex);

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => string.Create(CultureInfo.InvariantCulture, $"{token}"),
    };

    private static string Sentence(string message) => message.TrimEnd('.');
}
