using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nagare;

// Lists, as JSON arrays.
public static partial class WireCodec
{
    /// <summary>An array.</summary>
    public readonly struct Array<T, TCodec> : IWireCodec<T[]>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static T[] Read(ref Utf8JsonReader reader)
        {
            var items = new Items<T>();
            items.Read<TCodec>(ref reader);
            return items.ToArray();
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, T[] value) => WriteItems<T, TCodec>(writer, value ?? throw WireWriter.Null());
    }

    /// <summary>A list.</summary>
    public readonly struct List<T, TCodec> : IWireCodec<System.Collections.Generic.List<T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Generic.List<T> Read(ref Utf8JsonReader reader)
        {
            BeginArray(ref reader);
            var items = new System.Collections.Generic.List<T>();
            while (NextItem(ref reader))
            {
                items.Add(TCodec.Read(ref reader));
            }

            return items;
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Generic.List<T> value) =>
            WriteItems<T, TCodec>(writer, CollectionsMarshal.AsSpan(value ?? throw WireWriter.Null()));
    }

    /// <summary>A list that is only read; it is read as an array.</summary>
    public readonly struct ReadOnlyList<T, TCodec> : IWireCodec<IReadOnlyList<T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static IReadOnlyList<T> Read(ref Utf8JsonReader reader) => Array<T, TCodec>.Read(ref reader);

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, IReadOnlyList<T> value)
        {
            ArgumentNullException.ThrowIfNull(writer);
            if (value is null)
            {
                throw WireWriter.Null();
            }

            writer.WriteStartArray();
            for (var i = 0; i < value.Count; i++)
            {
                TCodec.Write(writer, value[i]);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>An immutable array; one that was never set is written as an empty one.</summary>
    public readonly struct ImmutableArray<T, TCodec> : IWireCodec<System.Collections.Immutable.ImmutableArray<T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Immutable.ImmutableArray<T> Read(ref Utf8JsonReader reader) =>
            ImmutableCollectionsMarshal.AsImmutableArray(Array<T, TCodec>.Read(ref reader));

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Immutable.ImmutableArray<T> value) =>
            WriteItems<T, TCodec>(writer, value.IsDefault ? default : value.AsSpan());
    }

    /// <summary>An immutable list.</summary>
    public readonly struct ImmutableList<T, TCodec> : IWireCodec<System.Collections.Immutable.ImmutableList<T>>
        where TCodec : IWireCodec<T>
    {
        /// <inheritdoc/>
        public static System.Collections.Immutable.ImmutableList<T> Read(ref Utf8JsonReader reader)
        {
            var items = new Items<T>();
            items.Read<TCodec>(ref reader);
            return items.ToImmutableList();
        }

        /// <inheritdoc/>
        public static void Write(Utf8JsonWriter writer, System.Collections.Immutable.ImmutableList<T> value)
        {
            ArgumentNullException.ThrowIfNull(writer);
            if (value is null)
            {
                throw WireWriter.Null();
            }

            writer.WriteStartArray();
            foreach (var item in value)
            {
                TCodec.Write(writer, item);
            }

            writer.WriteEndArray();
        }
    }

    private static void BeginArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw WireReader.Unexpected(ref reader, "an array");
        }
    }

    private static bool NextItem(ref Utf8JsonReader reader)
    {
        WireReader.Advance(ref reader);
        return reader.TokenType != JsonTokenType.EndArray;
    }

    private static void WriteItems<T, TCodec>(Utf8JsonWriter writer, ReadOnlySpan<T> items)
        where TCodec : IWireCodec<T>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            TCodec.Write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Items as they are read, in a rented array, so that only the finished collection is allocated.</summary>
    private struct Items<T>()
    {
        private const int FirstCapacity = 16;

        private T[] _items = [];
        private int _count;

        public void Read<TCodec>(ref Utf8JsonReader reader)
            where TCodec : IWireCodec<T>
        {
            BeginArray(ref reader);
            while (NextItem(ref reader))
            {
                var item = TCodec.Read(ref reader);
                if (_count == _items.Length)
                {
                    Grow();
                }

                _items[_count++] = item;
            }
        }

        public T[] ToArray()
        {
            T[] items = [.. _items.AsSpan(0, _count)];
            Return();
            return items;
        }

        public System.Collections.Immutable.ImmutableList<T> ToImmutableList()
        {
            var items = System.Collections.Immutable.ImmutableList.Create<T>(_items.AsSpan(0, _count));
            Return();
            return items;
        }

        private void Grow()
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(FirstCapacity, _count * 2));
            _items.AsSpan(0, _count).CopyTo(larger);
            Return();
            _items = larger;
        }

        // What is never returned, because a fault came first, the collector takes.
        private readonly void Return()
        {
            if (_items.Length > 0)
            {
                ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
            }
        }
    }
}
