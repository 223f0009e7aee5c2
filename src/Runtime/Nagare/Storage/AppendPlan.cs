namespace Nagare.Storage;

/// <summary>Where a stream stands.</summary>
/// <param name="Version">Its last version; 0 where it does not exist.</param>
/// <param name="Family">The stored name of its family; null where it does not exist.</param>
public readonly record struct StreamHead(long Version, string? Family);

/// <summary>What a batch of appends comes to.</summary>
/// <param name="Outcomes">One for each append, in their order.</param>
/// <param name="Events">The winners' events, in the order of their positions.</param>
/// <param name="Head">The journal's head once they are stored.</param>
public sealed record AppendPlan(IReadOnlyList<AppendOutcome> Outcomes, IReadOnlyList<PlannedEvent> Events, JournalHead Head);

/// <summary>What one append comes to: a result, valid once the batch has committed, or an error.</summary>
public sealed record AppendOutcome
{
    private AppendOutcome(PreparedAppend append, AppendResult? result, NagareException? error) => (Append, Result, Error) = (append, result, error);

    /// <summary>The append.</summary>
    public PreparedAppend Append { get; }

    /// <summary>Its result, or null where it failed.</summary>
    public AppendResult? Result { get; }

    /// <summary>Why it failed, or null.</summary>
    public NagareException? Error { get; }

    internal static AppendOutcome Succeeded(PreparedAppend append, AppendResult result) => new(append, result, null);

    internal static AppendOutcome Failed(PreparedAppend append, NagareException error) => new(append, null, error);
}

/// <summary>An event with all that the journal assigned.</summary>
/// <param name="Position">Its place in the journal.</param>
/// <param name="StreamId">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="RecordedAt">When it is stored, Unix microseconds.</param>
/// <param name="Event">The rest.</param>
public sealed record PlannedEvent(long Position, StreamId StreamId, long Version, long RecordedAt, PreparedEvent Event)
{
    /// <summary>The row it becomes.</summary>
    public StoredRow ToRow() => new()
    {
        Position = Position,
        StreamId = StreamId.ToString(),
        Version = Version,
        EventId = Event.EventId,
        Family = Event.Type.Family,
        Type = Event.Type.Name,
        SchemaVersion = Event.Type.SchemaVersion,
        Data = Event.Data,
        Metadata = Event.Metadata,
        CorrelationId = Event.CorrelationId,
        CausationId = Event.CausationId,
        TraceParent = Event.TraceParent,
        Actor = Event.Actor,
        Subject = Event.Subject,
        OccurredAt = Event.OccurredAt,
        RecordedAt = RecordedAt,
        Salt = Event.Salt,
        ContentHash = Event.ContentHash,
    };
}
