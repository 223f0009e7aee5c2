using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>Writes an event with one build's generated codec and reads it with the other's.</summary>
internal static class Proof
{
    /// <summary>What the build of this very assembly left of its events in metadata.</summary>
    private static readonly SchemaLock Built = SchemaMerge.Of(typeof(Proof).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(metadata => metadata.Key == SchemaLock.MetadataKey)
        .Select(metadata => SchemaLock.Parse(metadata.Value!)));

    /// <summary>The events of a family, under one family name for both builds, sealed.</summary>
    public static SchemaLock Of(string family, params string[] names) => new SchemaLock
    {
        Families = new([new SchemaFamily("proof")]),
        Events = Built.Events.Where(e => e.Family == family && names.Contains(e.Name)).Select(e => e with { Family = "proof" }).ToEquatableArray(),
        Types = Built.Types,
    }.Normalized().Seal();

    public static byte[] Write(EventType type, object e)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            type.Write(writer, e);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether the reader makes of what was written what is meant; null is meant where no value of the reader's type says the same.</summary>
    public static bool Reads(EventType reader, EventType? writer, object written, object? meant)
    {
        var bytes = written is string json ? Encoding.UTF8.GetBytes(json) : Write(writer!, written);
        try
        {
            var json1 = new Utf8JsonReader(bytes);
            var read = reader.Read(ref json1);
            return meant is not null && Write(reader, read).AsSpan().SequenceEqual(Write(reader, meant));
        }
        catch (EventFormatException)
        {
            return false;
        }
    }
}
