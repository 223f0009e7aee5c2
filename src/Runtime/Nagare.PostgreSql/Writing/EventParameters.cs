using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>The parameters that hold one event, in the order of the statements' columns; see <see cref="EventColumns"/> for several.</summary>
internal sealed class EventParameters
{
    private readonly NpgsqlParameter<long> _position = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _version = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _recordedAt = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long?> _occurredAt = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<int> _schemaVersion = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<Guid> _eventId = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
    private readonly NpgsqlParameter<string> _streamId = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string> _family = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string> _type = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string> _correlationId = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>?> _causationId = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<string> _traceParent = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string> _actor = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string> _subject = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>?> _salt = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _contentHash = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>?> _metadata = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _data = new() { NpgsqlDbType = NpgsqlDbType.Bytea };

    public void AddTo(NpgsqlBatchCommand command) => command.Parameters.AddRange((NpgsqlParameter[])
    [
        _position, _version, _recordedAt, _occurredAt, _schemaVersion, _eventId, _streamId, _family, _type, _correlationId, _causationId,
        _traceParent, _actor, _subject, _salt, _contentHash, _metadata, _data,
    ]);

    public void Set(PlannedEvent planned)
    {
        var e = planned.Event;
        _position.TypedValue = planned.Position;
        _version.TypedValue = planned.Version;
        _recordedAt.TypedValue = planned.RecordedAt;
        _occurredAt.TypedValue = e.OccurredAt;
        _schemaVersion.TypedValue = e.Type.SchemaVersion;
        _eventId.TypedValue = e.EventId;
        _streamId.TypedValue = planned.StreamId.ToString();
        _family.TypedValue = e.Type.Family;
        _type.TypedValue = e.Type.Name;
        _correlationId.TypedValue = e.CorrelationId;
        _causationId.TypedValue = EventColumns.NullIfEmpty(e.CausationId);
        _traceParent.TypedValue = e.TraceParent;
        _actor.TypedValue = e.Actor;
        _subject.TypedValue = e.Subject;
        _salt.TypedValue = EventColumns.NullIfEmpty(e.Salt);
        _contentHash.TypedValue = e.ContentHash;
        _metadata.TypedValue = EventColumns.NullIfEmpty(e.Metadata);
        _data.TypedValue = e.Data;
    }

    /// <summary>Lets go of what may be long.</summary>
    public void Clear()
    {
        _metadata.TypedValue = null;
        _data.TypedValue = default;
    }
}
