using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nagare;

/// <summary>One JSON object a line.</summary>
/// <remarks>
/// Members, always all of them and in this order: <c>position, stream, version, ordinal, eventId, family, type, happenedAt, recordedAt, actor,
/// subject, correlationId, title, summary, detail, tags</c>. Times are UTC with six decimals. <c>tags</c> is an array of objects with
/// <c>key</c> and <c>value</c>, because a key may come twice. What is not known is null.
/// </remarks>
internal sealed class JsonLinesStyle : NarrativeStyle
{
    private readonly ArrayBufferWriter<byte> _line = new();

    public override void Append(StringBuilder text, Envelope envelope, Explanation explanation)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, VisibleJson.OneLine))
        {
            json.WriteStartObject();
            json.WriteNumber("position", envelope.Position.Value);
            json.WriteString("stream", envelope.StreamId.ToString());
            json.WriteNumber("version", envelope.Version.Value);
            json.WriteNumber("ordinal", envelope.Ordinal);
            json.WriteString("eventId", envelope.EventId);
            json.WriteString("family", envelope.Family);
            json.WriteString("type", envelope.TypeName);
            json.WriteString("happenedAt", VisibleJson.Time(envelope.HappenedAt));
            json.WriteString("recordedAt", VisibleJson.Time(envelope.RecordedAt));
            json.WriteString("actor", Actor(envelope, explanation));
            json.WriteString("subject", envelope.Metadata.Subject);
            json.WriteString("correlationId", envelope.Metadata.CorrelationId);
            VisibleJson.WriteExplanation(json, explanation);
            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(_line.WrittenSpan)).Append('\n');
    }
}
