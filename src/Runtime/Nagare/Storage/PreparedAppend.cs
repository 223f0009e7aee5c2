namespace Nagare.Storage;

/// <summary>An append as it reaches a provider: encoded, hashed, within all limits.</summary>
public sealed class PreparedAppend
{
    /// <summary>The append's id and that of its first event; event <i>k</i> has this id plus <i>k</i>.</summary>
    public required Guid AppendId { get; init; }

    /// <summary>Whether the caller gave the id, so that it may have been stored before.</summary>
    public required bool IsIdGiven { get; init; }

    /// <summary>The streams, each once.</summary>
    public required IReadOnlyList<PreparedStream> Streams { get; init; }

    /// <summary>The earliest recorded time: when the append was called, Unix microseconds from the injected clock.</summary>
    public required long Now { get; init; }

    /// <summary>How many events all streams get.</summary>
    public required int EventCount { get; init; }

    /// <summary>Bytes of payload and metadata over all events, for bounding queues.</summary>
    public required long Bytes { get; init; }
}

/// <summary>What one stream gets.</summary>
public sealed class PreparedStream
{
    /// <summary>The stream.</summary>
    public required StreamId StreamId { get; init; }

    /// <summary>What must hold of it.</summary>
    public required ExpectedVersion Expected { get; init; }

    /// <summary>Its new events, in order; they are of one family.</summary>
    public required IReadOnlyList<PreparedEvent> Events { get; init; }
}

/// <summary>One event, ready to be stored: all but what the journal assigns.</summary>
public sealed record PreparedEvent
{
    /// <summary>Its id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What the journal keeps about its type.</summary>
    public required StoredEventType Type { get; init; }

    /// <summary>Names under which its family was stored before: a stream that holds one of them goes on under the name of today.</summary>
    public IReadOnlyList<string> FormerFamilies { get; init; } = [];

    /// <summary>The payload.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The rest of the metadata; empty for none.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>The correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The stored causation id; empty for none.</summary>
    public ReadOnlyMemory<byte> CausationId { get; init; }

    /// <summary>The stored ids of further causes, for the links.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> FurtherCauses { get; init; } = [];

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The actor.</summary>
    public string? Actor { get; init; }

    /// <summary>The subject.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, Unix microseconds.</summary>
    public long? OccurredAt { get; init; }

    /// <summary>The salt of its content hash, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Its content hash, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> ContentHash { get; init; }
}
