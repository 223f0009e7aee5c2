using System.Buffers;
using System.Data;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.SqlClient.Server;

namespace Nagare.Storage;

/// <summary>What a row of the type <c>nagare_rows</c> is; the statements name these numbers.</summary>
internal enum SqlServerRowKind
{
    /// <summary>An event.</summary>
    Event = 1,

    /// <summary>A further cause of an event: its position, and the cause as causation id.</summary>
    Link = 2,

    /// <summary>A stream that is taken not to exist, or is asked for.</summary>
    Stream = 3,

    /// <summary>An event that is taken not to exist.</summary>
    EventId = 4,

    /// <summary>An event type: its schema as data, its template as metadata.</summary>
    Type = 5,
}

/// <summary>One row of the type <c>nagare_rows</c>, filled again and again while a batch goes over the network.</summary>
internal sealed class SqlServerRow
{
    private const int Kind = 0, Position = 1, Version = 2, RecordedAt = 3, OccurredAt = 4, SchemaVersion = 5, EventId = 6, StreamId = 7, Family = 8, Type = 9,
        CorrelationId = 10, CausationId = 11, TraceParent = 12, Actor = 13, Subject = 14, Salt = 15, ContentHash = 16, Metadata = 17, Data = 18, ColumnCount = 19;

    private static readonly SqlMetaData[] Columns =
    [
        new("kind", SqlDbType.Int),
        new("position", SqlDbType.BigInt),
        new("version", SqlDbType.BigInt),
        new("recorded_at", SqlDbType.BigInt),
        new("occurred_at", SqlDbType.BigInt),
        new("schema_version", SqlDbType.Int),
        new("event_id", SqlDbType.Binary, SqlServerDialect.EventIdBytes),
        new("stream_id", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("family", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("type", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("correlation_id", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("causation_id", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("traceparent", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("actor", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("subject", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("salt", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("content_hash", SqlDbType.VarBinary, JournalLimits.MaxIdBytes),
        new("metadata", SqlDbType.VarBinary, SqlMetaData.Max),
        new("data", SqlDbType.VarBinary, SqlMetaData.Max),
    ];

    private readonly SqlDataRecord _record = new(Columns);
    private readonly byte[] _scratch = new byte[JournalLimits.MaxIdBytes];

    public SqlDataRecord Event(PlannedEvent planned)
    {
        var e = planned.Event;
        Clear(SqlServerRowKind.Event);
        _record.SetInt64(Position, planned.Position);
        _record.SetInt64(Version, planned.Version);
        _record.SetInt64(RecordedAt, planned.RecordedAt);
        if (e.OccurredAt is { } occurredAt)
        {
            _record.SetInt64(OccurredAt, occurredAt);
        }

        _record.SetInt32(SchemaVersion, e.Type.SchemaVersion);
        Set(EventId, e.EventId);
        Set(StreamId, planned.StreamId.ToString());
        Set(Family, e.Type.Family);
        Set(Type, e.Type.Name);
        Set(CorrelationId, e.CorrelationId);
        SetUnlessEmpty(CausationId, e.CausationId);
        Set(TraceParent, e.TraceParent);
        Set(Actor, e.Actor);
        Set(Subject, e.Subject);
        SetUnlessEmpty(Salt, e.Salt);
        Set(ContentHash, e.ContentHash);
        SetUnlessEmpty(Metadata, e.Metadata);
        Set(Data, e.Data);
        return _record;
    }

    public SqlDataRecord Link(long position, ReadOnlyMemory<byte> cause)
    {
        Clear(SqlServerRowKind.Link);
        _record.SetInt64(Position, position);
        Set(CausationId, cause);
        return _record;
    }

    public SqlDataRecord Stream(string id)
    {
        Clear(SqlServerRowKind.Stream);
        Set(StreamId, id);
        return _record;
    }

    public SqlDataRecord Missing(Guid eventId)
    {
        Clear(SqlServerRowKind.EventId);
        Set(EventId, eventId);
        return _record;
    }

    public SqlDataRecord TypeOf(StoredEventType type)
    {
        Clear(SqlServerRowKind.Type);
        Set(Family, type.Family);
        Set(Type, type.Name);
        _record.SetInt32(SchemaVersion, type.SchemaVersion);
        Set(Data, Encoding.UTF8.GetBytes(type.Schema));
        if (TemplateText.Write(type.Template) is { } template)
        {
            Set(Metadata, Encoding.UTF8.GetBytes(template));
        }

        return _record;
    }

    // A value set over a longer one would keep the longer one's end; one set over null is as long as it is.
    private void Clear(SqlServerRowKind kind)
    {
        _record.SetInt32(Kind, (int)kind);
        for (var column = Position; column < ColumnCount; column++)
        {
            _record.SetDBNull(column);
        }
    }

    private void Set(int column, string? text)
    {
        if (text is null)
        {
            return;
        }

        // An imported row may hold what no append takes; the server then says what is too long.
        if (Encoding.UTF8.TryGetBytes(text, _scratch, out var length))
        {
            _record.SetBytes(column, 0, _scratch, 0, length);
        }
        else
        {
            _record.SetValue(column, Encoding.UTF8.GetBytes(text));
        }
    }

    private void Set(int column, Guid id)
    {
        id.TryWriteBytes(_scratch, bigEndian: true, out var length);
        _record.SetBytes(column, 0, _scratch, 0, length);
    }

    private void SetUnlessEmpty(int column, ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            Set(column, bytes);
        }
    }

    private void Set(int column, ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty && MemoryMarshal.TryGetArray(bytes, out var array))
        {
            _record.SetBytes(column, 0, array.Array!, array.Offset, array.Count);
        }
        else
        {
            _record.SetValue(column, bytes.ToArray());
        }
    }
}
