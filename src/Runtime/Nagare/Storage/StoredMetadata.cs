using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nagare.Storage;

/// <summary>The part of the metadata that has no column of its own: trace state, further causes, free entries; one JSON object, or nothing.</summary>
/// <remarks>
/// <c>{"tracestate":"a=1","causes":[{"event":"0198…"},{"outside":"request-7"}],"entries":{"command":"abort"}}</c>: what is absent is
/// left out, entries stand in ordinal order, so that the same metadata always gives the same bytes. Members that this build does not
/// know are skipped.
/// </remarks>
/// <param name="TraceState">W3C trace state, or null.</param>
/// <param name="FurtherCauses">Causes besides the parent.</param>
/// <param name="Entries">Free entries.</param>
public readonly record struct StoredMetadata(string? TraceState, ImmutableArray<CausationId> FurtherCauses, ImmutableSortedDictionary<string, string> Entries)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Metadata without any of it.</summary>
    public static StoredMetadata None { get; } = new(null, [], EventMetadata.NoEntries);

    /// <summary>Whether there is nothing to store.</summary>
    public bool IsEmpty => TraceState is null && FurtherCauses.IsDefaultOrEmpty && Entries.IsEmpty;

    /// <summary>The stored form; no bytes where there is nothing to store.</summary>
    public byte[] ToBytes()
    {
        if (IsEmpty)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="FormatException">The bytes are no stored metadata.</exception>
    public static StoredMetadata FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return None;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            return Read(ref reader);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or InvalidIdException)
        {
            throw new FormatException($"{bytes.Length} bytes are no stored metadata: {problem.Message}", problem);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (TraceState is not null)
        {
            json.WriteString("tracestate"u8, TraceState);
        }

        if (!FurtherCauses.IsDefaultOrEmpty)
        {
            json.WriteStartArray("causes"u8);
            foreach (var cause in FurtherCauses)
            {
                json.WriteStartObject();
                if (cause.EventId is { } eventId)
                {
                    json.WriteString("event"u8, eventId);
                }
                else
                {
                    json.WriteString("outside"u8, cause.OutsideId);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (!Entries.IsEmpty)
        {
            json.WriteStartObject("entries"u8);
            foreach (var (name, value) in Entries)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static StoredMetadata Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var read = None;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("tracestate"u8))
            {
                reader.Read();
                read = read with { TraceState = reader.GetString() };
            }
            else if (reader.ValueTextEquals("causes"u8))
            {
                reader.Read();
                read = read with { FurtherCauses = ReadCauses(ref reader) };
            }
            else if (reader.ValueTextEquals("entries"u8))
            {
                reader.Read();
                read = read with { Entries = ReadEntries(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return read;
    }

    private static ImmutableArray<CausationId> ReadCauses(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var causes = ImmutableArray.CreateBuilder<CausationId>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            while (NextMember(ref reader))
            {
                var isEvent = reader.ValueTextEquals("event"u8);
                reader.Read();
                causes.Add(isEvent ? new CausationId(reader.GetGuid()) : new CausationId(reader.GetString() ?? throw new JsonException("a cause is null")));
            }
        }

        return causes.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadEntries(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var entries = EventMetadata.NoEntries.ToBuilder();
        while (NextMember(ref reader))
        {
            var name = reader.GetString()!;
            reader.Read();
            entries[name] = reader.GetString() ?? throw new JsonException($"entry '{name}' is null");
        }

        return entries.ToImmutable();
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (reader.TokenType != expected)
        {
            throw new JsonException($"{expected} was expected, {reader.TokenType} found at byte {reader.TokenStartIndex}");
        }
    }
}
