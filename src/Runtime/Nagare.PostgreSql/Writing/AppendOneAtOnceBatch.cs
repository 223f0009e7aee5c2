using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>The batch that stores one event in one trip, kept with its parameters for as long as the connection.</summary>
internal sealed class AppendOneAtOnceBatch : IDisposable
{
    private readonly NpgsqlBatch _batch;
    private readonly EventParameters _event = new();
    private readonly NpgsqlParameter<long> _expectedPosition = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _expectedTime = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<Guid?> _missingEvent = new() { NpgsqlDbType = NpgsqlDbType.Uuid };

    public AppendOneAtOnceBatch(DbConnection connection)
    {
        _batch = new NpgsqlBatch((NpgsqlConnection)connection);
        var command = new NpgsqlBatchCommand(PostgreSqlWriteStatements.AppendOneAtOnce);
        _event.AddTo(command);
        command.Parameters.AddRange((NpgsqlParameter[])[_expectedPosition, _expectedTime, _missingEvent]);
        _batch.BatchCommands.Add(command);
    }

    /// <summary>Whether an append is one event, of which there is no more to ask than whether its head and its id are as was taken for granted.</summary>
    public static bool Takes(AppendPlan plan, PlanAssumptions assumptions) =>
        plan.Events.Count == 1 && assumptions is { MissingStreams.Count: 0, MissingEvents.Count: <= 1 } && plan.Events[0].Event.FurtherCauses.Count == 0;

    /// <summary>The batch with the values of an append that it <see cref="Takes"/>.</summary>
    public DbBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        _event.Set(plan.Events[0]);
        _expectedPosition.TypedValue = assumptions.Head.Position;
        _expectedTime.TypedValue = assumptions.Head.RecordedAt;
        _missingEvent.TypedValue = assumptions.MissingEvents.Count == 1 ? assumptions.MissingEvents[0] : null;
        return _batch;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear() => _event.Clear();

    public void Dispose() => _batch.Dispose();
}
