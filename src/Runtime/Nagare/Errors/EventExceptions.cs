namespace Nagare;

/// <summary>The registered models contradict each other or do not cover what was asked.</summary>
public sealed class EventModelException(string message) : NagareException(message);

/// <summary>A payload does not fit the type that its name and version say, or an event holds what cannot be stored.</summary>
public sealed class EventFormatException(string eventName, int schemaVersion, string? member, long? byteOffset, string reason, Exception? inner = null)
    : NagareException($"{eventName} (schema version {schemaVersion}){(member is null ? "" : $", member '{member}'")}{(byteOffset is null ? "" : $", byte {byteOffset}")}: {reason}.", inner)
{
    /// <summary>The event's family and type name, <c>agent-run/tool-failed</c>.</summary>
    public string EventName { get; } = eventName;

    /// <summary>The schema version, from 1.</summary>
    public int SchemaVersion { get; } = schemaVersion;

    /// <summary>The wire name of the member, with the path to it where it is nested (<c>order.lines[2].sku</c>); null where the payload as a whole is wrong.</summary>
    public string? Member { get; } = member;

    /// <summary>Where in the payload, in bytes from its start; null at write.</summary>
    public long? ByteOffset { get; } = byteOffset;
}

/// <summary>A stored event's type, or its schema version, is not known to this build.</summary>
public sealed class UnknownEventException(string family, string typeName, int schemaVersion, Position position)
    : NagareException($"Position {position} holds {family}/{typeName} in schema version {schemaVersion}, which no registered model knows. Register the model that has it, or choose UnknownEventPolicy.Skip.")
{
    /// <summary>The stored family name.</summary>
    public string Family { get; } = family;

    /// <summary>The stored type name.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The stored schema version.</summary>
    public int SchemaVersion { get; } = schemaVersion;

    /// <summary>Where it stands.</summary>
    public Position Position { get; } = position;
}

/// <summary>An upcaster threw on a stored event, or returned null for it.</summary>
public sealed class UpcastException(string eventName, int schemaVersion, StreamId stream, StreamVersion version, Position position, Exception inner)
    : NagareException($"The upcaster of {eventName} (schema version {schemaVersion}) failed on position {position}, {stream} v{version}, with {inner.GetType()}: {inner.Message.TrimEnd('.')}. Make it return what the event means today for everything that is stored.", inner)
{
    /// <summary>The stored family and type name, <c>agent-run/tool-failed</c>.</summary>
    public string EventName { get; } = eventName;

    /// <summary>The stored schema version.</summary>
    public int SchemaVersion { get; } = schemaVersion;

    /// <summary>The stream that holds the event.</summary>
    public StreamId StreamId { get; } = stream;

    /// <summary>Its version in the stream.</summary>
    public StreamVersion Version { get; } = version;

    /// <summary>Its position in the journal.</summary>
    public Position Position { get; } = position;
}

/// <summary>An aggregate has no decision for a command.</summary>
public sealed class CommandNotHandledException(Type aggregate, Type command)
    : NagareException($"{aggregate} decides nothing for {command}. Write Decision<TEvent> Decide({command.Name} command) in the aggregate.")
{
    /// <summary>The aggregate's type.</summary>
    public Type Aggregate { get; } = aggregate;

    /// <summary>The command's type.</summary>
    public Type Command { get; } = command;
}

/// <summary>The journal holds no event of this id.</summary>
public sealed class EventNotFoundException(Guid eventId)
    : NagareException($"The journal holds no event {eventId}.")
{
    /// <summary>The id asked for.</summary>
    public Guid EventId { get; } = eventId;
}
