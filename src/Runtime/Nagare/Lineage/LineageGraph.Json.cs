using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nagare;

public sealed partial class LineageGraph
{
    /// <summary>The walk as one JSON object, indented, with line feeds.</summary>
    /// <remarks>
    /// Members, always all of them and in this order: <c>direction</c> ("causes" or "effects"), <c>start</c> (an event id),
    /// <c>isTruncated</c>, <c>nodes</c> (<c>eventId, position, stream, version, family, type, happenedAt, recordedAt, actor, depth, title,
    /// summary, detail, tags</c>), <c>edges</c> (<c>cause, effect, isParent</c>), <c>missing</c> (<c>cause, effect, isOutside</c>).
    /// Times are UTC with six decimals; what is not known is null.
    /// </remarks>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, VisibleJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("direction", Direction == LineageDirection.Causes ? "causes" : "effects");
            json.WriteString("start", Start.Envelope.EventId);
            json.WriteBoolean("isTruncated", IsTruncated);
            WriteArray(json, "nodes", Nodes, WriteNode);
            WriteArray(json, "edges", Edges, WriteEdge);
            WriteArray(json, "missing", Missing, WriteMissing);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter json, LineageNode node)
    {
        var envelope = node.Envelope;
        json.WriteString("eventId", envelope.EventId);
        json.WriteNumber("position", envelope.Position.Value);
        json.WriteString("stream", envelope.StreamId.ToString());
        json.WriteNumber("version", envelope.Version.Value);
        json.WriteString("family", envelope.Family);
        json.WriteString("type", envelope.TypeName);
        json.WriteString("happenedAt", VisibleJson.Time(envelope.HappenedAt));
        json.WriteString("recordedAt", VisibleJson.Time(envelope.RecordedAt));
        json.WriteString("actor", Actor(node));
        json.WriteNumber("depth", node.Depth);
        VisibleJson.WriteExplanation(json, node.Explanation);
    }

    private static void WriteEdge(Utf8JsonWriter json, LineageEdge edge)
    {
        json.WriteString("cause", edge.Cause);
        json.WriteString("effect", edge.Effect);
        json.WriteBoolean("isParent", edge.IsParent);
    }

    private static void WriteMissing(Utf8JsonWriter json, MissingCause missing)
    {
        json.WriteString("cause", missing.Cause.ToString());
        json.WriteString("effect", missing.Effect);
        json.WriteBoolean("isOutside", missing.IsOutside);
    }
}
