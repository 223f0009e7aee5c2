using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Nagare;

// Numbers. Each is read only from a JSON number that its type holds.
public static partial class WireCodec
{
    /// <summary>A number in the range of <see langword="byte"/>.</summary>
    public readonly struct Byte : IWireCodec<byte>
    {
        /// <inheritdoc/>
        public static byte Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetByte(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "byte");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, byte value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="sbyte"/>.</summary>
    public readonly struct SByte : IWireCodec<sbyte>
    {
        /// <inheritdoc/>
        public static sbyte Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetSByte(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "sbyte");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, sbyte value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="short"/>.</summary>
    public readonly struct Int16 : IWireCodec<short>
    {
        /// <inheritdoc/>
        public static short Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetInt16(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "short");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, short value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="ushort"/>.</summary>
    public readonly struct UInt16 : IWireCodec<ushort>
    {
        /// <inheritdoc/>
        public static ushort Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetUInt16(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "ushort");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, ushort value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="int"/>.</summary>
    public readonly struct Int32 : IWireCodec<int>
    {
        /// <inheritdoc/>
        public static int Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetInt32(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "int");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="uint"/>.</summary>
    public readonly struct UInt32 : IWireCodec<uint>
    {
        /// <inheritdoc/>
        public static uint Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetUInt32(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "uint");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="long"/>.</summary>
    public readonly struct Int64 : IWireCodec<long>
    {
        /// <inheritdoc/>
        public static long Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetInt64(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "long");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="ulong"/>.</summary>
    public readonly struct UInt64 : IWireCodec<ulong>
    {
        /// <inheritdoc/>
        public static ulong Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetUInt64(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "ulong");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, ulong value) => writer.WriteNumberValue(value);
    }

    /// <summary>A number in the range of <see langword="decimal"/>.</summary>
    public readonly struct Decimal : IWireCodec<decimal>
    {
        /// <inheritdoc/>
        public static decimal Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetDecimal(out var value) ? value
            : throw WireReader.OutOfRange(ref reader, "decimal");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);
    }

    /// <summary>A finite number as <see langword="float"/>.</summary>
    public readonly struct Single : IWireCodec<float>
    {
        /// <inheritdoc/>
        public static float Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetSingle(out var value) && float.IsFinite(value) ? value
            : throw WireReader.OutOfRange(ref reader, "float");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, float value) => writer.WriteNumberValue(float.IsFinite(value) ? value : throw WireWriter.NotFinite());
    }

    /// <summary>A finite number as <see langword="double"/>.</summary>
    public readonly struct Double : IWireCodec<double>
    {
        /// <inheritdoc/>
        public static double Read(ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.Number ? throw WireReader.Unexpected(ref reader, "a number")
            : reader.TryGetDouble(out var value) && double.IsFinite(value) ? value
            : throw WireReader.OutOfRange(ref reader, "double");

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(double.IsFinite(value) ? value : throw WireWriter.NotFinite());
    }

    /// <summary>A number in the range of <see cref="System.Int128"/>.</summary>
    public readonly struct Int128 : IWireCodec<System.Int128>
    {
        /// <inheritdoc/>
        public static System.Int128 Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw WireReader.Unexpected(ref reader, "a number");
            }

            Span<byte> digits = stackalloc byte[MaxInt128Digits];
            return System.Int128.TryParse(digits[..Copy(ref reader, digits)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw WireReader.OutOfRange(ref reader, nameof(Int128));
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Int128 value)
        {
            Span<byte> digits = stackalloc byte[MaxInt128Digits];
            value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            writer.WriteRawValue(digits[..length], skipInputValidation: true);
        }
    }

    /// <summary>A number in the range of <see cref="System.UInt128"/>.</summary>
    public readonly struct UInt128 : IWireCodec<System.UInt128>
    {
        /// <inheritdoc/>
        public static System.UInt128 Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw WireReader.Unexpected(ref reader, "a number");
            }

            Span<byte> digits = stackalloc byte[MaxInt128Digits];
            return System.UInt128.TryParse(digits[..Copy(ref reader, digits)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw WireReader.OutOfRange(ref reader, nameof(UInt128));
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.UInt128 value)
        {
            Span<byte> digits = stackalloc byte[MaxInt128Digits];
            value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            writer.WriteRawValue(digits[..length], skipInputValidation: true);
        }
    }

    // A sign and 39 digits.
    private const int MaxInt128Digits = 40;

    // The token's bytes, unescaped, or nothing where they do not fit and so are no such value.
    private static int Copy(ref Utf8JsonReader reader, scoped Span<byte> buffer)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > buffer.Length)
        {
            return 0;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.CopyString(buffer);
        }

        if (reader.HasValueSequence)
        {
            reader.ValueSequence.CopyTo(buffer);
        }
        else
        {
            reader.ValueSpan.CopyTo(buffer);
        }

        return (int)length;
    }
}
