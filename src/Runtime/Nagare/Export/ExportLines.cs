using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Nagare.Storage;

namespace Nagare;

/// <summary>Writes the lines of an export. The same rows always give the same bytes.</summary>
internal sealed class ExportLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public ExportLines() => _json = new Utf8JsonWriter(_buffer, ExportFormat.Writing);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Dispose() => _json.Dispose();

    public void WriteHeader(IReadOnlyList<StoredEventType> types, long events)
    {
        _json.WriteStartObject();
        _json.WriteString("kind"u8, ExportFormat.Kind);
        _json.WriteNumber("format"u8, ExportFormat.Version);
        _json.WriteNumber("events"u8, events);
        _json.WriteStartArray("types"u8);
        foreach (var type in types)
        {
            WriteType(type);
        }

        _json.WriteEndArray();
        EndLine();
    }

    public void WriteRow(in StoredEvent e)
    {
        _json.WriteStartObject();
        _json.WriteNumber("position"u8, e.Position);
        _json.WriteString("stream"u8, e.StreamId);
        _json.WriteNumber("version"u8, e.Version);
        _json.WriteString("id"u8, e.EventId);
        _json.WriteString("family"u8, e.Family);
        _json.WriteString("type"u8, e.Type);
        _json.WriteNumber("schemaVersion"u8, e.SchemaVersion);
        _json.WriteNumber("recordedAt"u8, e.RecordedAt);
        if (e.OccurredAt is { } occurredAt)
        {
            _json.WriteNumber("occurredAt"u8, occurredAt);
        }

        WriteText("correlation"u8, e.CorrelationId);
        WriteCausation(e.CausationId);
        WriteText("traceparent"u8, e.TraceParent);
        WriteText("actor"u8, e.Actor);
        WriteText("subject"u8, e.Subject);
        _json.WriteBase64String("salt"u8, e.Salt);
        _json.WriteBase64String("hash"u8, e.ContentHash);
        if (!e.Metadata.IsEmpty)
        {
            WriteBytes("metadata"u8, "metadataBase64"u8, e.Metadata);
        }

        WriteBytes("data"u8, "dataBase64"u8, e.Data);
        EndLine();
    }

    private void WriteType(StoredEventType type)
    {
        _json.WriteStartObject();
        _json.WriteString("family"u8, type.Family);
        _json.WriteString("name"u8, type.Name);
        _json.WriteNumber("schemaVersion"u8, type.SchemaVersion);
        _json.WriteString("schema"u8, type.Schema);
        if (type.Template is { } template)
        {
            _json.WriteStartObject("template"u8);
            _json.WriteString("title"u8, template.Title);
            _json.WriteString("summary"u8, template.Summary);
            WriteText("detail"u8, template.Detail);
            WriteText("actor"u8, template.Actor);
            _json.WriteStartArray("tags"u8);
            foreach (var tag in template.Tags)
            {
                _json.WriteStringValue(tag);
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            _json.WriteString(name, text);
        }
    }

    // Readable where reading it back gives the same bytes, base64 otherwise; nothing for an event without a parent.
    private void WriteCausation(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty)
        {
            return;
        }

        if (TryReadCausation(stored) is not { } cause || !stored.SequenceEqual(cause.ToBytes()))
        {
            _json.WriteBase64String("causationBase64"u8, stored);
        }
        else if (cause.EventId is { } eventId)
        {
            _json.WriteString("causationEvent"u8, eventId);
        }
        else
        {
            _json.WriteString("causationOutside"u8, cause.OutsideId);
        }
    }

    private static CausationId? TryReadCausation(ReadOnlySpan<byte> stored)
    {
        try
        {
            return CausationId.FromBytes(stored);
        }
        catch (Exception problem) when (problem is FormatException or InvalidIdException)
        {
            return null;
        }
    }

    private void WriteBytes(ReadOnlySpan<byte> rawName, ReadOnlySpan<byte> base64Name, ReadOnlySpan<byte> bytes)
    {
        if (StandsOnOneLine(bytes))
        {
            _json.WritePropertyName(rawName);
            _json.WriteRawValue(bytes, skipInputValidation: true);
        }
        else
        {
            _json.WriteBase64String(base64Name, bytes);
        }
    }

    /// <summary>Whether bytes can stand in a line as they are and be cut out of it again exactly: one JSON value in valid UTF-8, no line break, no blanks around it.</summary>
    private static bool StandsOnOneLine(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || IsBlank(bytes[0]) || IsBlank(bytes[^1]) || bytes.ContainsAny((byte)'\n', (byte)'\r') || !Utf8.IsValid(bytes))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes, ExportFormat.Reading);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }
}
