using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare;

/// <summary>A stored shape that no event has any more, with the whole way from it to today's events. Made by the generator, listed by a family.</summary>
public abstract class PastEventType
{
    private protected PastEventType(string name, int schemaVersion)
    {
        Name = name;
        SchemaVersion = schemaVersion;
    }

    /// <summary>Its stored name within the family.</summary>
    public string Name { get; }

    /// <summary>The schema version in which it was stored, from 1.</summary>
    public int SchemaVersion { get; }

    /// <summary>What it is read as: the record kept of it, or <see cref="JsonElement"/>.</summary>
    public abstract Type ClrType { get; }

    /// <summary>Whether an upcaster on the way asks for the envelope.</summary>
    public abstract bool ReadsEnvelope { get; }

    /// <summary>A shape of which each event becomes one event of today.</summary>
    public static PastEventType ToOne<TPast>(string name, int schemaVersion, JsonConverter<TPast> converter, Func<TPast, object> upcast)
        where TPast : notnull
    {
        ArgumentNullException.ThrowIfNull(upcast);
        return new PastEventType<TPast>(name, schemaVersion, converter, (old, _) => new(upcast(old)), readsEnvelope: false);
    }

    /// <summary>The same where an upcaster on the way asks for the envelope.</summary>
    public static PastEventType ToOne<TPast>(string name, int schemaVersion, JsonConverter<TPast> converter, Func<TPast, Envelope, object> upcast)
        where TPast : notnull
    {
        ArgumentNullException.ThrowIfNull(upcast);
        return new PastEventType<TPast>(name, schemaVersion, converter, (old, at) => new(upcast(old, at!)), readsEnvelope: true);
    }

    /// <summary>A shape of which each event becomes any number of events of today.</summary>
    public static PastEventType ToMany<TPast>(string name, int schemaVersion, JsonConverter<TPast> converter, Func<TPast, IEnumerable<object>> upcast)
        where TPast : notnull
    {
        ArgumentNullException.ThrowIfNull(upcast);
        return new PastEventType<TPast>(name, schemaVersion, converter, (old, _) => DecodedEvents.Of(upcast(old)), readsEnvelope: false);
    }

    /// <summary>The same where an upcaster on the way asks for the envelope.</summary>
    public static PastEventType ToMany<TPast>(string name, int schemaVersion, JsonConverter<TPast> converter, Func<TPast, Envelope, IEnumerable<object>> upcast)
        where TPast : notnull
    {
        ArgumentNullException.ThrowIfNull(upcast);
        return new PastEventType<TPast>(name, schemaVersion, converter, (old, at) => DecodedEvents.Of(upcast(old, at!)), readsEnvelope: true);
    }

    /// <summary>Reads the old shape; the reader stands before its payload.</summary>
    internal abstract object Read(ref Utf8JsonReader reader);

    /// <summary>What the old shape means today.</summary>
    internal abstract DecodedEvents Upcast(object old, Envelope? at);
}

internal sealed class PastEventType<TPast>(
    string name,
    int schemaVersion,
    JsonConverter<TPast> converter,
    Func<TPast, Envelope?, DecodedEvents> upcast,
    bool readsEnvelope) : PastEventType(name, schemaVersion)
    where TPast : notnull
{
    // Generated codecs ignore ambient options.
    private static readonly JsonSerializerOptions Unused = new();

    public override Type ClrType => typeof(TPast);

    public override bool ReadsEnvelope => readsEnvelope;

    internal override object Read(ref Utf8JsonReader reader)
    {
        WireReader.Advance(ref reader);
        return converter.Read(ref reader, typeof(TPast), Unused)!;
    }

    internal override DecodedEvents Upcast(object old, Envelope? at) => upcast((TPast)old, at);
}
