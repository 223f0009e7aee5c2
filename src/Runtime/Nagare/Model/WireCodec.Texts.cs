using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Nagare;

// What stands in JSON as a string.
public static partial class WireCodec
{
    // Longer than any of these texts is when it is written as it should be, with room for escapes.
    private const int MaxTextBytes = 256;

    /// <summary>A text without lone surrogates.</summary>
    public readonly struct String : IWireCodec<string>
    {
        /// <inheritdoc/>
        public static string Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw WireReader.Unexpected(ref reader, "a string");
            }

            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException e)
            {
                // Bytes that are no UTF-8, or an escaped lone surrogate.
                throw new WireFormatException(e.Message.TrimEnd('.'), reader.TokenStartIndex);
            }
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(WireWriter.Checked(value));
    }

    /// <summary>A string of one UTF-16 unit.</summary>
    public readonly struct Char : IWireCodec<char>
    {
        /// <inheritdoc/>
        public static char Read(ref Utf8JsonReader reader) =>
            String.Read(ref reader) is [var character] ? character : throw WireReader.Malformed(ref reader, "single character");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, char value) =>
            writer.WriteStringValue(char.IsSurrogate(value) ? throw WireWriter.LoneSurrogate() : new ReadOnlySpan<char>(in value));
    }

    /// <summary>A UUID in its 36 characters.</summary>
    public readonly struct Guid : IWireCodec<System.Guid>
    {
        /// <inheritdoc/>
        public static System.Guid Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.String ? throw WireReader.Unexpected(ref reader, "a string")
            : reader.TryGetGuid(out var value) ? value
            : throw WireReader.Malformed(ref reader, "UUID");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Guid value) => writer.WriteStringValue(value);
    }

    /// <summary>A date and time in ISO 8601.</summary>
    public readonly struct DateTime : IWireCodec<System.DateTime>
    {
        /// <inheritdoc/>
        public static System.DateTime Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.String ? throw WireReader.Unexpected(ref reader, "a string")
            : reader.TryGetDateTime(out var value) ? value
            : throw WireReader.Malformed(ref reader, "date and time");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.DateTime value) => writer.WriteStringValue(value);
    }

    /// <summary>A date and time with its offset, in ISO 8601.</summary>
    public readonly struct DateTimeOffset : IWireCodec<System.DateTimeOffset>
    {
        /// <inheritdoc/>
        public static System.DateTimeOffset Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.String ? throw WireReader.Unexpected(ref reader, "a string")
            : reader.TryGetDateTimeOffset(out var value) ? value
            : throw WireReader.Malformed(ref reader, "date and time");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.DateTimeOffset value) => writer.WriteStringValue(value);
    }

    /// <summary>A day, <c>2026-11-23</c>.</summary>
    public readonly struct DateOnly : IWireCodec<System.DateOnly>
    {
        /// <inheritdoc/>
        public static System.DateOnly Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw WireReader.Unexpected(ref reader, "a string");
            }

            Span<byte> text = stackalloc byte[MaxTextBytes];
            text = text[..Copy(ref reader, text)];
            Span<char> characters = stackalloc char[MaxTextBytes];
            return System.DateOnly.TryParseExact(characters[..Widen(text, characters)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
                ? value
                : throw WireReader.Malformed(ref reader, "day");
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.DateOnly value)
        {
            Span<byte> text = stackalloc byte[MaxTextBytes];
            value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }

    /// <summary>A time of day, <c>13:37:00.1230000</c>.</summary>
    public readonly struct TimeOnly : IWireCodec<System.TimeOnly>
    {
        /// <inheritdoc/>
        public static System.TimeOnly Read(ref Utf8JsonReader reader)
        {
            var span = ReadSpan(ref reader, "time of day");
            return span >= System.TimeSpan.Zero && span < System.TimeSpan.FromDays(1) ? System.TimeOnly.FromTimeSpan(span) : throw WireReader.Malformed(ref reader, "time of day");
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.TimeOnly value) => TimeSpan.Write(writer, value.ToTimeSpan());
    }

    /// <summary>A time span, <c>1.02:03:04.5670000</c>.</summary>
    public readonly struct TimeSpan : IWireCodec<System.TimeSpan>
    {
        /// <inheritdoc/>
        public static System.TimeSpan Read(ref Utf8JsonReader reader) => ReadSpan(ref reader, "time span");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.TimeSpan value)
        {
            Span<byte> text = stackalloc byte[MaxTextBytes];
            value.TryFormat(text, out var length, "c", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }

    /// <summary>Bytes in base64.</summary>
    public readonly struct Bytes : IWireCodec<byte[]>
    {
        /// <inheritdoc/>
        public static byte[] Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.String ? throw WireReader.Unexpected(ref reader, "a string")
            : reader.TryGetBytesFromBase64(out var value) ? value
            : throw WireReader.Malformed(ref reader, "base64");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value ?? throw WireWriter.Null());
    }

    /// <summary>Bytes in base64.</summary>
    public readonly struct Memory : IWireCodec<ReadOnlyMemory<byte>>
    {
        /// <inheritdoc/>
        public static ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader) => Bytes.Read(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBase64StringValue(value.Span);
    }

    private static System.TimeSpan ReadSpan(ref Utf8JsonReader reader, string expected)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw WireReader.Unexpected(ref reader, "a string");
        }

        Span<byte> buffer = stackalloc byte[MaxTextBytes];
        var text = buffer[..Copy(ref reader, buffer)];
        return Utf8Parser.TryParse(text, out System.TimeSpan value, out var consumed, 'c') && consumed > 0 && consumed == text.Length && text[0] is not ((byte)' ' or (byte)'+')
            ? value
            : throw WireReader.Malformed(ref reader, expected);
    }

    private static int Widen(ReadOnlySpan<byte> ascii, Span<char> characters)
    {
        if (ascii.Length > characters.Length)
        {
            return 0;
        }

        for (var i = 0; i < ascii.Length; i++)
        {
            characters[i] = (char)ascii[i];
        }

        return ascii.Length;
    }
}
