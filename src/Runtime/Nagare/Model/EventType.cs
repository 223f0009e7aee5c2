using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare;

/// <summary>All that is known at compile time about one event type: its stored name, its codec, its schema, its templates.</summary>
/// <remarks>Made by the generator; read by the journal, by explainers and by tools.</remarks>
public abstract class EventType
{
    // Made once: decoding asks for it with every event.
    private readonly string _fullName;

    private protected EventType(string family, string name, int schemaVersion, string schema, ExplanationTemplate? template)
    {
        Family = family;
        Name = name;
        SchemaVersion = schemaVersion;
        Schema = schema;
        Template = template;
        _fullName = $"{family}/{name}";
    }

    /// <summary>The stored name of its family.</summary>
    public string Family { get; }

    /// <summary>Its stored name within the family.</summary>
    public string Name { get; }

    /// <summary>The version of its shape, from 1.</summary>
    public int SchemaVersion { get; }

    /// <summary>Its members, one a line: wire name, type, and "optional" where absence is allowed. Kept in the journal for readers without this type.</summary>
    public string Schema { get; }

    /// <summary>The <see cref="ExplainAttribute"/> on the event, or null.</summary>
    public ExplanationTemplate? Template { get; }

    /// <summary>Names under which it was stored before.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The record's type.</summary>
    public abstract Type ClrType { get; }

    /// <summary>Reads the event from its payload; the reader stands before the object or at its start.</summary>
    /// <exception cref="EventFormatException">The payload does not fit.</exception>
    public abstract object Read(ref Utf8JsonReader reader);

    /// <summary>Writes the event's payload.</summary>
    /// <exception cref="EventFormatException">The event holds what cannot be stored: a lone surrogate, a number that is not finite, an enum value without a name.</exception>
    public abstract void Write(Utf8JsonWriter writer, object @event);

    /// <summary>The explanation from the <see cref="ExplainAttribute"/> on the event, or null where it has none.</summary>
    public abstract Explanation? ExplainByTemplate(object @event, Envelope at);

    /// <summary><c>agent-run/tool-failed</c>.</summary>
    public override string ToString() => _fullName;
}

/// <summary>An event type whose record's type is known.</summary>
/// <param name="family">The stored name of its family.</param>
/// <param name="name">Its stored name within the family.</param>
/// <param name="schemaVersion">The version of its shape, from 1.</param>
/// <param name="schema">Its members, one a line.</param>
/// <param name="converter">Its codec.</param>
/// <param name="template">What <see cref="ExplainAttribute"/> says, or null.</param>
/// <param name="explain">The template, compiled, or null.</param>
public sealed class EventType<TEvent>(
    string family,
    string name,
    int schemaVersion,
    string schema,
    JsonConverter<TEvent> converter,
    ExplanationTemplate? template = null,
    Func<TEvent, Envelope, Explanation>? explain = null)
    : EventType(family, name, schemaVersion, schema, template)
    where TEvent : class
{
    // Generated codecs ignore ambient options, so that no setting of a host can change what a journal holds.
    private static readonly JsonSerializerOptions Unused = new();

    /// <inheritdoc/>
    public override Type ClrType => typeof(TEvent);

    /// <summary>Its codec.</summary>
    public JsonConverter<TEvent> Converter => converter;

    /// <inheritdoc/>
    public override object Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            WireReader.Start(ref reader, this);
        }

        return converter.Read(ref reader, typeof(TEvent), Unused)!;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, object @event) => converter.Write(writer, (TEvent)@event, Unused);

    /// <inheritdoc/>
    public override Explanation? ExplainByTemplate(object @event, Envelope at) => explain?.Invoke((TEvent)@event, at);
}
