using System.Buffers;
using System.Text.Json;

namespace Nagare;

// String-keyed dictionaries, as JSON objects. The order of a hash table differs from process to process, so keys are written in ordinal order.
public static partial class WireCodec
{
    /// <summary>A dictionary.</summary>
    public readonly struct Dictionary<T, TCodec> : IWireCodec<System.Collections.Generic.Dictionary<string, T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Generic.Dictionary<string, T> Read(ref Utf8JsonReader reader)
        {
            BeginMap(ref reader);
            var entries = new System.Collections.Generic.Dictionary<string, T>(StringComparer.Ordinal);
            while (NextKey(ref reader, out var key, out var offset))
            {
                if (!entries.TryAdd(key, TCodec.Read(ref reader)))
                {
                    throw Twice(offset);
                }
            }

            return entries;
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Generic.Dictionary<string, T> value) =>
            WriteEntries<System.Collections.Generic.Dictionary<string, T>.Enumerator, T, TCodec>(writer, (value ?? throw WireWriter.Null()).GetEnumerator(), value.Count);
    }

    /// <summary>A dictionary that is only read.</summary>
    public readonly struct ReadOnlyDictionary<T, TCodec> : IWireCodec<IReadOnlyDictionary<string, T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader) => Dictionary<T, TCodec>.Read(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value) =>
            WriteEntries<IEnumerator<KeyValuePair<string, T>>, T, TCodec>(writer, (value ?? throw WireWriter.Null()).GetEnumerator(), value.Count);
    }

    /// <summary>A dictionary in ordinal order.</summary>
    public readonly struct SortedDictionary<T, TCodec> : IWireCodec<System.Collections.Generic.SortedDictionary<string, T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Generic.SortedDictionary<string, T> Read(ref Utf8JsonReader reader)
        {
            BeginMap(ref reader);
            var entries = new System.Collections.Generic.SortedDictionary<string, T>(StringComparer.Ordinal);
            while (NextKey(ref reader, out var key, out var offset))
            {
                if (!entries.TryAdd(key, TCodec.Read(ref reader)))
                {
                    throw Twice(offset);
                }
            }

            return entries;
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Generic.SortedDictionary<string, T> value) =>
            WriteEntries<System.Collections.Generic.SortedDictionary<string, T>.Enumerator, T, TCodec>(writer, (value ?? throw WireWriter.Null()).GetEnumerator(), value.Count);
    }

    /// <summary>An immutable dictionary.</summary>
    public readonly struct ImmutableDictionary<T, TCodec> : IWireCodec<System.Collections.Immutable.ImmutableDictionary<string, T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Immutable.ImmutableDictionary<string, T> Read(ref Utf8JsonReader reader)
        {
            BeginMap(ref reader);
            var entries = System.Collections.Immutable.ImmutableDictionary.CreateBuilder<string, T>();
            while (NextKey(ref reader, out var key, out var offset))
            {
                if (!entries.TryAdd(key, TCodec.Read(ref reader)))
                {
                    throw Twice(offset);
                }
            }

            return entries.ToImmutable();
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Immutable.ImmutableDictionary<string, T> value) =>
            WriteEntries<System.Collections.Immutable.ImmutableDictionary<string, T>.Enumerator, T, TCodec>(writer, (value ?? throw WireWriter.Null()).GetEnumerator(), value.Count);
    }

    /// <summary>An immutable dictionary in ordinal order.</summary>
    public readonly struct ImmutableSortedDictionary<T, TCodec> : IWireCodec<System.Collections.Immutable.ImmutableSortedDictionary<string, T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Immutable.ImmutableSortedDictionary<string, T> Read(ref Utf8JsonReader reader)
        {
            BeginMap(ref reader);
            var entries = System.Collections.Immutable.ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
            while (NextKey(ref reader, out var key, out var offset))
            {
                if (!entries.TryAdd(key, TCodec.Read(ref reader)))
                {
                    throw Twice(offset);
                }
            }

            return entries.ToImmutable();
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Immutable.ImmutableSortedDictionary<string, T> value) =>
            WriteEntries<System.Collections.Immutable.ImmutableSortedDictionary<string, T>.Enumerator, T, TCodec>(writer, (value ?? throw WireWriter.Null()).GetEnumerator(), value.Count);
    }

    private static void BeginMap(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw WireReader.Unexpected(ref reader, "an object");
        }
    }

    private static bool NextKey(ref Utf8JsonReader reader, out string key, out long offset)
    {
        WireReader.Advance(ref reader);
        offset = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            key = "";
            return false;
        }

        try
        {
            key = reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new WireFormatException(e.Message.TrimEnd('.'), offset);
        }

        WireReader.Advance(ref reader);
        return true;
    }

    // Most dictionaries of events are a handful of entries, for which the general sort is slower than this.
    private const int MaxInsertionSort = 16;

    private static void SortByKey<T>(Span<KeyValuePair<string, T>> entries)
    {
        if (entries.Length > MaxInsertionSort)
        {
            entries.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            return;
        }

        for (var i = 1; i < entries.Length; i++)
        {
            var entry = entries[i];
            var place = i;
            while (place > 0 && string.CompareOrdinal(entries[place - 1].Key, entry.Key) > 0)
            {
                entries[place] = entries[place - 1];
                place--;
            }

            entries[place] = entry;
        }
    }

    private static WireFormatException Twice(long offset) => new("the key is there twice", offset);

    private static void WriteEntries<TEntries, T, TCodec>(Utf8JsonWriter writer, TEntries entries, int count)
        where TEntries : IEnumerator<KeyValuePair<string, T>>
        where TCodec : IWireCodec<T>
    {
        writer.WriteStartObject();
        var sorted = ArrayPool<KeyValuePair<string, T>>.Shared.Rent(Math.Max(count, 1));
        var length = 0;
        try
        {
            // A collection that another thread is filling may hold more by now; what was counted is what is written.
            while (length < count && entries.MoveNext())
            {
                sorted[length++] = entries.Current;
            }

            entries.Dispose();
            SortByKey(sorted.AsSpan(0, length));
            foreach (var entry in sorted.AsSpan(0, length))
            {
                writer.WritePropertyName(WireWriter.Checked(entry.Key));
                TCodec.Write(writer, entry.Value);
            }
        }
        finally
        {
            ArrayPool<KeyValuePair<string, T>>.Shared.Return(sorted, clearArray: true);
        }

        writer.WriteEndObject();
    }
}
