using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>The parameters that hold events as arrays, an array a column, in the order of the statements' columns.</summary>
internal sealed class EventColumns
{
    private readonly ArrayParameter<long> _position = new(NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long> _version = new(NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long> _recordedAt = new(NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long?> _occurredAt = new(NpgsqlDbType.Bigint);
    private readonly ArrayParameter<int> _schemaVersion = new(NpgsqlDbType.Integer);
    private readonly ArrayParameter<Guid> _eventId = new(NpgsqlDbType.Uuid);
    private readonly ArrayParameter<string> _streamId = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<string> _family = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<string> _type = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<string?> _correlationId = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<ReadOnlyMemory<byte>?> _causationId = new(NpgsqlDbType.Bytea);
    private readonly ArrayParameter<string?> _traceParent = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<string?> _actor = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<string?> _subject = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<ReadOnlyMemory<byte>?> _salt = new(NpgsqlDbType.Bytea);
    private readonly ArrayParameter<ReadOnlyMemory<byte>> _contentHash = new(NpgsqlDbType.Bytea);
    private readonly ArrayParameter<ReadOnlyMemory<byte>?> _metadata = new(NpgsqlDbType.Bytea);
    private readonly ArrayParameter<ReadOnlyMemory<byte>> _data = new(NpgsqlDbType.Bytea);

    public void AddTo(NpgsqlBatchCommand command) => command.Parameters.AddRange((NpgsqlParameter[])
    [
        _position.Parameter,
        _version.Parameter,
        _recordedAt.Parameter,
        _occurredAt.Parameter,
        _schemaVersion.Parameter,
        _eventId.Parameter,
        _streamId.Parameter,
        _family.Parameter,
        _type.Parameter,
        _correlationId.Parameter,
        _causationId.Parameter,
        _traceParent.Parameter,
        _actor.Parameter,
        _subject.Parameter,
        _salt.Parameter,
        _contentHash.Parameter,
        _metadata.Parameter,
        _data.Parameter,
    ]);

    public void Set(IReadOnlyList<PlannedEvent> events)
    {
        _position.Set(events, static e => e.Position);
        _version.Set(events, static e => e.Version);
        _recordedAt.Set(events, static e => e.RecordedAt);
        _occurredAt.Set(events, static e => e.Event.OccurredAt);
        _schemaVersion.Set(events, static e => e.Event.Type.SchemaVersion);
        _eventId.Set(events, static e => e.Event.EventId);
        _streamId.Set(events, static e => e.StreamId.ToString());
        _family.Set(events, static e => e.Event.Type.Family);
        _type.Set(events, static e => e.Event.Type.Name);
        _correlationId.Set(events, static e => e.Event.CorrelationId);
        _causationId.Set(events, static e => NullIfEmpty(e.Event.CausationId));
        _traceParent.Set(events, static e => e.Event.TraceParent);
        _actor.Set(events, static e => e.Event.Actor);
        _subject.Set(events, static e => e.Event.Subject);
        _salt.Set(events, static e => NullIfEmpty(e.Event.Salt));
        _contentHash.Set(events, static e => e.Event.ContentHash);
        _metadata.Set(events, static e => NullIfEmpty(e.Event.Metadata));
        _data.Set(events, static e => e.Event.Data);
    }

    public void Clear()
    {
        _streamId.Clear();
        _correlationId.Clear();
        _causationId.Clear();
        _traceParent.Clear();
        _actor.Clear();
        _subject.Clear();
        _salt.Clear();
        _contentHash.Clear();
        _metadata.Clear();
        _data.Clear();
    }

    public static ReadOnlyMemory<byte>? NullIfEmpty(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? null : bytes;
}
