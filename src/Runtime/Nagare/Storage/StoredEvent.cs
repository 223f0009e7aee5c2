namespace Nagare.Storage;

/// <summary>One stored event as the database gives it; its spans live only as long as the row is current.</summary>
public readonly ref struct StoredEvent
{
    /// <summary>Place in the journal, from 1.</summary>
    public required long Position { get; init; }

    /// <summary>The stream id's text, <c>category/id</c>.</summary>
    public required string StreamId { get; init; }

    /// <summary>Place in the stream, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The event's id.</summary>
    public Guid EventId { get; init; }

    /// <summary>The stored family name.</summary>
    public required string Family { get; init; }

    /// <summary>The stored type name.</summary>
    public required string Type { get; init; }

    /// <summary>The schema version, from 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The payload.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>The rest of the metadata (see <see cref="StoredMetadata"/>); empty for none.</summary>
    public ReadOnlySpan<byte> Metadata { get; init; }

    /// <summary>The correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The stored causation id (see <see cref="CausationId.FromBytes"/>); empty for none.</summary>
    public ReadOnlySpan<byte> CausationId { get; init; }

    /// <summary>W3C trace context, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The actor, or null.</summary>
    public string? Actor { get; init; }

    /// <summary>The subject, or null.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, Unix microseconds, or null.</summary>
    public long? OccurredAt { get; init; }

    /// <summary>When it was stored, Unix microseconds.</summary>
    public required long RecordedAt { get; init; }

    /// <summary>The salt of its content hash: 16 bytes, or empty once erased.</summary>
    public ReadOnlySpan<byte> Salt { get; init; }

    /// <summary>Its content hash, 32 bytes.</summary>
    public ReadOnlySpan<byte> ContentHash { get; init; }

    /// <summary>A copy that outlives the row.</summary>
    public StoredRow ToRow() => new()
    {
        Position = Position,
        StreamId = StreamId,
        Version = Version,
        EventId = EventId,
        Family = Family,
        Type = Type,
        SchemaVersion = SchemaVersion,
        Data = Data.ToArray(),
        Metadata = Metadata.IsEmpty ? default : Metadata.ToArray(),
        CorrelationId = CorrelationId,
        CausationId = CausationId.IsEmpty ? default : CausationId.ToArray(),
        TraceParent = TraceParent,
        Actor = Actor,
        Subject = Subject,
        OccurredAt = OccurredAt,
        RecordedAt = RecordedAt,
        Salt = Salt.ToArray(),
        ContentHash = ContentHash.ToArray(),
    };
}

/// <summary>One stored event on its own feet: what export writes and restore takes.</summary>
public sealed record StoredRow
{
    /// <inheritdoc cref="StoredEvent.Position"/>
    public required long Position { get; init; }

    /// <inheritdoc cref="StoredEvent.StreamId"/>
    public required string StreamId { get; init; }

    /// <inheritdoc cref="StoredEvent.Version"/>
    public required long Version { get; init; }

    /// <inheritdoc cref="StoredEvent.EventId"/>
    public required Guid EventId { get; init; }

    /// <inheritdoc cref="StoredEvent.Family"/>
    public required string Family { get; init; }

    /// <inheritdoc cref="StoredEvent.Type"/>
    public required string Type { get; init; }

    /// <inheritdoc cref="StoredEvent.SchemaVersion"/>
    public required int SchemaVersion { get; init; }

    /// <inheritdoc cref="StoredEvent.Data"/>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <inheritdoc cref="StoredEvent.Metadata"/>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <inheritdoc cref="StoredEvent.CorrelationId"/>
    public string? CorrelationId { get; init; }

    /// <inheritdoc cref="StoredEvent.CausationId"/>
    public ReadOnlyMemory<byte> CausationId { get; init; }

    /// <inheritdoc cref="StoredEvent.TraceParent"/>
    public string? TraceParent { get; init; }

    /// <inheritdoc cref="StoredEvent.Actor"/>
    public string? Actor { get; init; }

    /// <inheritdoc cref="StoredEvent.Subject"/>
    public string? Subject { get; init; }

    /// <inheritdoc cref="StoredEvent.OccurredAt"/>
    public long? OccurredAt { get; init; }

    /// <inheritdoc cref="StoredEvent.RecordedAt"/>
    public required long RecordedAt { get; init; }

    /// <inheritdoc cref="StoredEvent.Salt"/>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <inheritdoc cref="StoredEvent.ContentHash"/>
    public required ReadOnlyMemory<byte> ContentHash { get; init; }

    /// <summary>The same values as the database would give them.</summary>
    public StoredEvent AsStoredEvent() => new()
    {
        Position = Position,
        StreamId = StreamId,
        Version = Version,
        EventId = EventId,
        Family = Family,
        Type = Type,
        SchemaVersion = SchemaVersion,
        Data = Data.Span,
        Metadata = Metadata.Span,
        CorrelationId = CorrelationId,
        CausationId = CausationId.Span,
        TraceParent = TraceParent,
        Actor = Actor,
        Subject = Subject,
        OccurredAt = OccurredAt,
        RecordedAt = RecordedAt,
        Salt = Salt.Span,
        ContentHash = ContentHash.Span,
    };
}
