using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>One line of an export, read. A member that is missing, doubled or not known is an error: a restore must not lose anything.</summary>
internal sealed class ExportedRow
{
    private readonly Dictionary<string, object> _members = new(StringComparer.Ordinal);

    private ExportedRow()
    {
    }

    /// <exception cref="FormatException">The line is no exported event.</exception>
    public static StoredRow Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return new ExportedRow().ReadMembers(line).ToRow();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or InvalidIdException)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private ExportedRow ReadMembers(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, ExportFormat.Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("it is no JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!_members.TryAdd(name, ReadMember(name, ref reader, line)))
            {
                throw new FormatException($"the member '{Printable.Shorten(name)}' stands twice");
            }
        }

        // Whatever follows the object is an error that the reader finds.
        reader.Read();
        return this;
    }

    private static object ReadMember(string name, ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        switch (name)
        {
            case "position" or "version" or "schemaVersion" or "recordedAt" or "occurredAt":
                return reader.GetInt64();
            case "stream" or "family" or "type" or "correlation" or "causationOutside" or "traceparent" or "actor" or "subject":
                return reader.GetString() ?? throw new FormatException($"the member '{name}' is null");
            case "id" or "causationEvent":
                return reader.GetGuid();
            case "salt" or "hash" or "dataBase64" or "metadataBase64" or "causationBase64":
                return reader.GetBytesFromBase64();
            case "data" or "metadata":
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return line[start..(int)reader.BytesConsumed].ToArray();
            default:
                throw new FormatException($"the member '{Printable.Shorten(name)}' is not known");
        }
    }

    private StoredRow ToRow() => new()
    {
        Position = Take<long>("position"),
        StreamId = Take<string>("stream"),
        Version = Take<long>("version"),
        EventId = Take<Guid>("id"),
        Family = Take<string>("family"),
        Type = Take<string>("type"),
        SchemaVersion = checked((int)Take<long>("schemaVersion")),
        RecordedAt = Take<long>("recordedAt"),
        OccurredAt = _members.TryGetValue("occurredAt", out var occurredAt) ? (long)occurredAt : null,
        CorrelationId = TakeText("correlation"),
        CausationId = TakeCausation(),
        TraceParent = TakeText("traceparent"),
        Actor = TakeText("actor"),
        Subject = TakeText("subject"),
        Salt = Take<byte[]>("salt"),
        ContentHash = Take<byte[]>("hash"),
        Metadata = TakeBytes("metadata", "metadataBase64") ?? [],
        Data = TakeBytes("data", "dataBase64") ?? throw new FormatException("the member 'data' is missing"),
    };

    private T Take<T>(string name) =>
        _members.TryGetValue(name, out var value) ? (T)value : throw new FormatException($"the member '{name}' is missing");

    private string? TakeText(string name) => _members.TryGetValue(name, out var value) ? (string)value : null;

    private byte[]? TakeBytes(string rawName, string base64Name) =>
        _members.TryGetValue(rawName, out var raw) ? (byte[])raw
        : _members.TryGetValue(base64Name, out var decoded) ? (byte[])decoded
        : null;

    private byte[] TakeCausation()
    {
        if (_members.TryGetValue("causationEvent", out var eventId))
        {
            return new CausationId((Guid)eventId).ToBytes();
        }

        return _members.TryGetValue("causationOutside", out var outside)
            ? new CausationId((string)outside).ToBytes()
            : TakeBytes("causationBase64", "causationBase64") ?? [];
    }
}
