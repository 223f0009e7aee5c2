using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nagare;

/// <summary>Writes events as the journal keeps them: UTF-8 JSON with options that no host can change.</summary>
/// <remarks>Encoding happens on the caller's thread and never waits, so each thread keeps one encoder with its buffer.</remarks>
internal sealed class EventEncoder : IDisposable
{
    /// <summary>Buffers that grew beyond this are given up after use instead of being kept by the thread.</summary>
    private const int MaxKeptBufferBytes = 1024 * 1024;

    private const int FirstBufferBytes = 4 * 1024;

    /// <summary>Nothing but what JSON demands is escaped: payloads are read by people and tools, and are never pasted into HTML unescaped.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = false,
        MaxDepth = JournalLimits.MaxJsonDepth,
    };

    [ThreadStatic]
    private static EventEncoder? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(FirstBufferBytes);
    private readonly Utf8JsonWriter _writer;

    private EventEncoder() => _writer = new Utf8JsonWriter(_buffer, Options);

    /// <summary>The thread's encoder, or a new one where the thread is already encoding (a codec that appends).</summary>
    public static EventEncoder Rent()
    {
        var encoder = _kept ?? new EventEncoder();
        _kept = null;
        return encoder;
    }

    /// <summary>Gives the encoder back to the thread.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity <= MaxKeptBufferBytes)
        {
            _kept = this;
        }
    }

    /// <summary>The event's payload, an array of its own.</summary>
    /// <exception cref="EventFormatException">The event holds what cannot be stored.</exception>
    /// <exception cref="PayloadTooLargeException">The payload is too long or nests too deeply.</exception>
    public byte[] Encode(EventType type, object e)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        Write(type, e);
        _writer.Flush();

        var payload = _buffer.WrittenSpan;
        if (payload.IsEmpty || _writer.CurrentDepth != 0)
        {
            throw new EventFormatException(type.ToString(), type.SchemaVersion, null, null, "its codec did not write one whole JSON value");
        }

        if (payload.Length > JournalLimits.MaxPayloadBytes)
        {
            throw new PayloadTooLargeException($"The payload of {type}", payload.Length, JournalLimits.MaxPayloadBytes, "bytes");
        }

        if (PayloadDepth.Exceeds(payload, JournalLimits.MaxJsonDepth))
        {
            throw TooDeep(type, PayloadDepth.Of(payload));
        }

        return payload.ToArray();
    }

    private static PayloadTooLargeException TooDeep(EventType type, int depth) =>
        new($"The nesting of the payload of {type}", depth, JournalLimits.MaxJsonDepth, "levels");

    private void Write(EventType type, object e)
    {
        try
        {
            type.Write(_writer, e);
        }
        catch (Exception problem) when (IsTooDeep(problem))
        {
            // Nothing counts on behind the first level too many.
            throw TooDeep(type, JournalLimits.MaxJsonDepth + 1);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new EventFormatException(type.ToString(), type.SchemaVersion, null, null, problem.Message.TrimEnd('.'), problem);
        }
    }

    // Which check meets it first depends on who writes: the writer itself, System.Text.Json below a type of the user's context (which
    // takes what is too deep for a cycle), or its validation of raw JSON, which has no sign of its own but its message.
    private bool IsTooDeep(Exception problem) => problem switch
    {
        InvalidOperationException => _writer.CurrentDepth >= JournalLimits.MaxJsonDepth,
        EventFormatException { InnerException: JsonException inner } => IsTooDeep(inner),
        WireFormatException => false,
        JsonException json => _writer.CurrentDepth >= JournalLimits.MaxJsonDepth
            || (json.GetType() != typeof(JsonException) && json.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
