using System.Data.Common;

namespace Nagare.Storage;

/// <summary>
/// Reads the current row of a page. Columns, in this order: position, stream id, version, family, type, schema version, recorded at, data;
/// after them, unless a fold reads: event id, occurred at, correlation id, causation id, trace parent, actor, subject, salt, content hash, metadata.
/// </summary>
internal sealed class ServerEventRow(ServerDialect dialect)
{
    // What a page of usual payloads needs; one grown by a large payload is let go of after its page.
    private const int KeptBytes = 64 * 1024;

    private readonly Utf8Interner _texts = new();
    private byte[] _bytes = new byte[KeptBytes];
    private int _used;

    /// <summary>Where the row read last stands: its version on <see cref="StoredPath.Stream"/>, otherwise its position.</summary>
    public long Key { get; private set; }

    /// <summary>When the event read last happened, on <see cref="StoredPath.Occurred"/>.</summary>
    public long Occurred { get; private set; }

    /// <summary>Gives the current row to a sink. Returns whether it wants more.</summary>
    public bool Give(DbDataReader row, StoredPath path, StoredDetail detail, IStoredEventSink sink)
    {
        _used = 0;
        Key = row.GetInt64(path == StoredPath.Stream ? 2 : 0);
        if (path == StoredPath.Occurred)
        {
            Occurred = row.GetInt64(9);
        }

        return sink.Accept(detail == StoredDetail.Fold ? ForFold(row, Bytes(row, 7)) : Full(row));
    }

    /// <summary>A copy of the current row, which has all columns.</summary>
    public StoredRow ToRow(DbDataReader row)
    {
        _used = 0;
        return Full(row).ToRow();
    }

    /// <summary>Lets go of the room that a large payload took.</summary>
    public void Shrink()
    {
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[KeptBytes];
        }
    }

    private StoredEvent ForFold(DbDataReader row, Range data) => new()
    {
        Position = row.GetInt64(0),
        StreamId = Text(row, 1),
        Version = row.GetInt64(2),
        Family = Text(row, 3),
        Type = Text(row, 4),
        SchemaVersion = row.GetInt32(5),
        RecordedAt = row.GetInt64(6),
        Data = _bytes.AsSpan(data),
    };

    private StoredEvent Full(DbDataReader row)
    {
        // All are read before the first span is taken: room that grows moves.
        Range data = Bytes(row, 7), causation = Bytes(row, 11), salt = Bytes(row, 15), contentHash = Bytes(row, 16), metadata = Bytes(row, 17);
        return ForFold(row, data) with
        {
            EventId = dialect.ReadEventId(row, 8),
            OccurredAt = row.IsDBNull(9) ? null : row.GetInt64(9),
            CorrelationId = Optional(row, 10),
            CausationId = _bytes.AsSpan(causation),
            TraceParent = row.IsDBNull(12) ? null : dialect.ReadLongText(row, 12),
            Actor = Optional(row, 13),
            Subject = Optional(row, 14),
            Salt = _bytes.AsSpan(salt),
            ContentHash = _bytes.AsSpan(contentHash),
            Metadata = _bytes.AsSpan(metadata),
        };
    }

    private string Text(DbDataReader row, int column) => dialect.ReadText(row, column, _texts);

    private string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : Text(row, column);

    private Range Bytes(DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return default;
        }

        var length = checked((int)row.GetBytes(column, 0, null, 0, 0));
        if (_bytes.Length - _used < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        }

        if (length > 0)
        {
            row.GetBytes(column, 0, _bytes, _used, length);
        }

        var range = new Range(_used, _used + length);
        _used += length;
        return range;
    }
}
