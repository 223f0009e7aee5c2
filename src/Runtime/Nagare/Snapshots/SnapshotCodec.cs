using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>Reads and writes a state for its snapshots. The generator writes one for an aggregate that asks for snapshots; any other gives its own.</summary>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public abstract class SnapshotCodec<TAggregate>
{
    /// <summary>What is written, as text: names and types of all members. Where it is another than when a snapshot was written, the snapshot is not read.</summary>
    public abstract string Schema { get; }

    /// <summary>Writes the whole state as one JSON value: what is not written here is lost.</summary>
    public abstract void Write(Utf8JsonWriter writer, TAggregate state);

    /// <summary>Reads a state; the reader stands before its first token. Each call gives a new instance where the aggregate changes in place.</summary>
    /// <exception cref="JsonException">The JSON does not fit.</exception>
    public abstract TAggregate Read(ref Utf8JsonReader reader);
}

/// <summary>Makes codecs.</summary>
public static class SnapshotCodec
{
    /// <summary>
    /// A codec from a generated <c>JsonSerializerContext</c>, for an aggregate written by hand. It keeps what <c>JsonSerializer</c> keeps of the state;
    /// its schema is the names and types of the members, with those of the types inside as far as the context knows them.
    /// </summary>
    public static SnapshotCodec<TAggregate> Of<TAggregate>(JsonTypeInfo<TAggregate> json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new JsonSnapshotCodec<TAggregate>(json);
    }
}

internal sealed class JsonSnapshotCodec<TAggregate>(JsonTypeInfo<TAggregate> json) : SnapshotCodec<TAggregate>
{
    public override string Schema { get; } = Describe(json);

    public override void Write(Utf8JsonWriter writer, TAggregate state) => JsonSerializer.Serialize(writer, state, json);

    public override TAggregate Read(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, json) ?? throw new JsonException("A snapshot holds null where a state belongs.");

    private static string Describe(JsonTypeInfo root)
    {
        var text = new StringBuilder();
        var seen = new HashSet<Type> { root.Type };
        var next = new Queue<JsonTypeInfo>([root]);
        while (next.TryDequeue(out var type))
        {
            text.Append(type.Type).Append(' ').Append(type.Kind).Append('\n');
            foreach (var member in type.Properties)
            {
                text.Append("  ").Append(member.Name).Append(' ').Append(member.PropertyType).Append('\n');
                Add(member.PropertyType);
            }

            Add(type.ElementType);
            Add(type.KeyType);
        }

        return text.ToString();

        void Add(Type? type)
        {
            if (type is not null && seen.Add(type) && root.Options.TryGetTypeInfo(type, out var info))
            {
                next.Enqueue(info);
            }
        }
    }
}
