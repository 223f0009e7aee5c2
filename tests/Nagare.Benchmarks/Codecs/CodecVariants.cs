using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentRuns;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Codecs;

/// <summary>Reads and writes the sample's events with the generated codecs and with System.Text.Json's generator.</summary>
internal sealed class CodecVariants
{
    // Enough of them that reading the clock between two rounds of the work costs nothing.
    private const int Repetitions = 200;

    private readonly List<Item> _items;

    public CodecVariants()
    {
        var model = new EventModelBuilder();
        model.Include<AgentRunsModel>();
        var types = model.Build();
        _items = [.. SampleEvents.All.Select(e => new Item(e, types.Find(e.GetType())!, SampleJson.Default.GetTypeInfo(e.GetType())!, Payload(types.Find(e.GetType())!, e)))];
    }

    public Variant ReadWithSystemTextJson() => Timed("System.Text.Json, read", () =>
    {
        foreach (var item in _items)
        {
            JsonSerializer.Deserialize(item.Payload, item.Reference);
        }
    });

    public Variant ReadWithCodec() => Timed("codec, read", () =>
    {
        foreach (var item in _items)
        {
            var reader = new Utf8JsonReader(item.Payload);
            item.Type.Read(ref reader);
        }
    });

    public Variant WriteWithSystemTextJson()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var writer = new Utf8JsonWriter(buffer);
        return Timed("System.Text.Json, write", () =>
        {
            foreach (var item in _items)
            {
                buffer.ResetWrittenCount();
                writer.Reset(buffer);
                JsonSerializer.Serialize(writer, item.Event, item.Reference);
                writer.Flush();
            }
        });
    }

    public Variant WriteWithCodec()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var writer = new Utf8JsonWriter(buffer);
        return Timed("codec, write", () =>
        {
            foreach (var item in _items)
            {
                buffer.ResetWrittenCount();
                writer.Reset(buffer);
                item.Type.Write(writer, item.Event);
                writer.Flush();
            }
        });
    }

    /// <summary>Bytes that each takes for reading all events once; what System.Text.Json takes besides the objects is its own.</summary>
    public (long Codec, long Reference, long CodecWrite) Allocations() => (
        Allocated(ReadWithCodecOnce),
        Allocated(() => _items.ForEach(item => JsonSerializer.Deserialize(item.Payload, item.Reference))),
        AllocatedByWriting());

    private void ReadWithCodecOnce()
    {
        foreach (var item in _items)
        {
            var reader = new Utf8JsonReader(item.Payload);
            item.Type.Read(ref reader);
        }
    }

    private long AllocatedByWriting()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(buffer);
        return Allocated(() =>
        {
            foreach (var item in _items)
            {
                buffer.ResetWrittenCount();
                writer.Reset(buffer);
                item.Type.Write(writer, item.Event);
                writer.Flush();
            }
        });
    }

    /// <summary>Bytes of the objects themselves, as copying each event and its texts allocates them.</summary>
    public long ObjectsRead() => Allocated(() => _items.ForEach(item => Copied.Event(item.Event)));

    private static long Allocated(Action work)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            work();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Repetitions; i++)
        {
            work();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Repetitions;
    }

    private Variant Timed(string name, Action work) => new(name, slot => Task.FromResult(Interleaved.Repeat(slot, () =>
    {
        for (var i = 0; i < Repetitions; i++)
        {
            work();
        }

        return Repetitions * _items.Count;
    })));

    private static byte[] Payload(EventType type, AgentRunEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        type.Write(writer, e);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Item(AgentRunEvent Event, EventType Type, JsonTypeInfo Reference, byte[] Payload);
}
