using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>
/// The batch that stores appends of any size in one trip, kept with its parameters for as long as the connection; see <see cref="AppendOneAtOnceBatch"/> for
/// what most appends are.
/// </summary>
internal sealed class AppendAtOnceBatch : IDisposable
{
    private readonly NpgsqlBatch _batch;
    private readonly EventColumns _columns = new();
    private readonly ArrayParameter<long> _linkPositions = new(NpgsqlDbType.Bigint);
    private readonly ArrayParameter<ReadOnlyMemory<byte>> _linkCauses = new(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<long> _expectedPosition = Number();
    private readonly NpgsqlParameter<long> _expectedTime = Number();
    private readonly ArrayParameter<string> _missingStreams = new(NpgsqlDbType.Text);
    private readonly ArrayParameter<Guid> _missingEvents = new(NpgsqlDbType.Uuid);
    private readonly NpgsqlParameter<long> _position = Number();
    private readonly NpgsqlParameter<long> _time = Number();

    public AppendAtOnceBatch(DbConnection connection)
    {
        _batch = new NpgsqlBatch((NpgsqlConnection)connection);
        var command = new NpgsqlBatchCommand(PostgreSqlWriteStatements.AppendAtOnce);
        _columns.AddTo(command);
        command.Parameters.AddRange((NpgsqlParameter[])[_linkPositions.Parameter, _linkCauses.Parameter, _expectedPosition, _expectedTime, _missingStreams.Parameter, _missingEvents.Parameter, _position, _time]);
        _batch.BatchCommands.Add(command);
    }

    /// <summary>The batch with the values of an append.</summary>
    public DbBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        _columns.Set(plan.Events);
        SetLinks(plan.Events);
        _expectedPosition.TypedValue = assumptions.Head.Position;
        _expectedTime.TypedValue = assumptions.Head.RecordedAt;
        _missingStreams.Set(assumptions.MissingStreams, static stream => stream);
        _missingEvents.Set(assumptions.MissingEvents, static id => id);
        _position.TypedValue = plan.Head.Position;
        _time.TypedValue = plan.Head.RecordedAt;
        return _batch;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear()
    {
        _columns.Clear();
        _linkPositions.Clear();
        _linkCauses.Clear();
        _missingStreams.Clear();
        _missingEvents.Clear();
    }

    public void Dispose() => _batch.Dispose();

    private void SetLinks(IReadOnlyList<PlannedEvent> events)
    {
        var links = Links.Of(events);
        _linkPositions.Set(links, static link => link.Position);
        _linkCauses.Set(links, static link => link.Cause);
    }

    private static NpgsqlParameter<long> Number() => new() { NpgsqlDbType = NpgsqlDbType.Bigint };
}
