using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>The batch that stores one event in one trip, kept with its parameters for as long as the connection.</summary>
internal sealed class AppendOneAtOnceBatch : IDisposable
{
    private readonly NpgsqlBatch _batch;
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
    private readonly NpgsqlParameter<long> _expectedPosition = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _expectedTime = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<Guid?> _missingEvent = new() { NpgsqlDbType = NpgsqlDbType.Uuid };

    public AppendOneAtOnceBatch(DbConnection connection)
    {
        _batch = new NpgsqlBatch((NpgsqlConnection)connection);
        var command = new NpgsqlBatchCommand(PostgreSqlWriteStatements.AppendOneAtOnce);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            _position, _version, _recordedAt, _occurredAt, _schemaVersion, _eventId, _streamId, _family, _type, _correlationId, _causationId,
            _traceParent, _actor, _subject, _salt, _contentHash, _metadata, _data, _expectedPosition, _expectedTime, _missingEvent,
        ]);
        _batch.BatchCommands.Add(command);
    }

    /// <summary>Whether an append is one event, of which there is no more to ask than whether its head and its id are as was taken for granted.</summary>
    public static bool Takes(AppendPlan plan, PlanAssumptions assumptions) =>
        plan.Events.Count == 1 && assumptions is { MissingStreams.Count: 0, MissingEvents.Count: <= 1 } && plan.Events[0].Event.FurtherCauses.Count == 0;

    /// <summary>The batch with the values of an append that it <see cref="Takes"/>.</summary>
    public DbBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        var planned = plan.Events[0];
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
        _expectedPosition.TypedValue = assumptions.Head.Position;
        _expectedTime.TypedValue = assumptions.Head.RecordedAt;
        _missingEvent.TypedValue = assumptions.MissingEvents.Count == 1 ? assumptions.MissingEvents[0] : null;
        return _batch;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear()
    {
        _metadata.TypedValue = null;
        _data.TypedValue = default;
    }

    public void Dispose() => _batch.Dispose();
}
