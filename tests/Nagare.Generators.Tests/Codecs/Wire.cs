using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nagare.Generators.Tests.Codecs;

/// <summary>Reads and writes events as a journal does: by their event types.</summary>
internal static class Wire
{
    public static EventFamily Family => Nagare.Generated.Nagare_Generators_Tests_Codecs_EverythingFamily.Value;

    public static EventType TypeOf(object e) => Family.Events.Single(type => type.ClrType == e.GetType());

    public static EventType TypeOf<T>() => Family.Events.Single(type => type.ClrType == typeof(T));

    public static byte[] Write(object e)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            TypeOf(e).Write(writer, e);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static T Read<T>(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var e = (T)TypeOf<T>().Read(ref reader);
        Assert.Equal(json.Length, reader.BytesConsumed);
        return e;
    }

    public static T Read<T>(string json) => Read<T>(Encoding.UTF8.GetBytes(json));

    public static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    /// <summary>The same bytes, given to the reader in pieces.</summary>
    public static T ReadInPieces<T>(byte[] json, int pieceLength)
    {
        var first = new Piece(json.AsMemory(0, Math.Min(pieceLength, json.Length)), 0);
        var last = first;
        for (var start = pieceLength; start < json.Length; start += pieceLength)
        {
            last = last.Append(json.AsMemory(start, Math.Min(pieceLength, json.Length - start)));
        }

        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
        return (T)TypeOf<T>().Read(ref reader);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
