namespace Nagare.Storage;

/// <summary>Reads the current row of a statement whose columns are those of <see cref="SqliteReadStatements"/>.</summary>
internal static class SqliteEventRow
{
    private const int EventIdBytes = 16;

    public static StoredEvent ReadFold(SqliteStatement row, Utf8Interner texts) => new()
    {
        Position = row.Int64(0),
        StreamId = texts.Get(row.Bytes(1)),
        Version = row.Int64(2),
        Family = texts.Get(row.Bytes(3)),
        Type = texts.Get(row.Bytes(4)),
        SchemaVersion = (int)row.Int64(5),
        RecordedAt = row.Int64(6),
        Data = row.Bytes(7),
    };

    public static StoredEvent ReadFull(SqliteStatement row, Utf8Interner texts) => new()
    {
        Position = row.Int64(0),
        StreamId = texts.Get(row.Bytes(1)),
        Version = row.Int64(2),
        Family = texts.Get(row.Bytes(3)),
        Type = texts.Get(row.Bytes(4)),
        SchemaVersion = (int)row.Int64(5),
        RecordedAt = row.Int64(6),
        Data = row.Bytes(7),
        EventId = EventId(row),
        OccurredAt = row.IsNull(9) ? null : row.Int64(9),
        CorrelationId = Optional(row.Bytes(10), texts),
        CausationId = row.Bytes(11),
        TraceParent = row.Text(12),
        Actor = Optional(row.Bytes(13), texts),
        Subject = Optional(row.Bytes(14), texts),
        Salt = row.Bytes(15),
        ContentHash = row.Bytes(16),
        Metadata = row.Bytes(17),
    };

    private static Guid EventId(SqliteStatement row) => row.Bytes(8) is { Length: EventIdBytes } bytes
        ? new Guid(bytes, bigEndian: true)
        : throw new JournalUnavailableException($"The event at position {row.Int64(0)} has an id of {row.Bytes(8).Length} bytes, not {EventIdBytes}: no journal wrote that row. Find out who did, and restore from an export or a backup.");

    // No stored text is empty: ids have at least one byte, and what was not given is null.
    private static string? Optional(ReadOnlySpan<byte> utf8, Utf8Interner texts) => utf8.IsEmpty ? null : texts.Get(utf8);
}
