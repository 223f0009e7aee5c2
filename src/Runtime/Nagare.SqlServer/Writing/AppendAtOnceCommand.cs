using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Nagare.Storage;

/// <summary>The statement that stores an append in one trip, prepared once for each connection and kept with it.</summary>
/// <remarks>
/// Its text is some thousand characters, which otherwise go over with every append: SQL Server then looks for a plan by all of them, and Babelfish
/// parses them, which takes it longer than the append.
/// </remarks>
internal sealed class AppendAtOnceCommand : IDisposable
{
    private readonly SqlCommand _command;
    private readonly SqlParameter _events = Bytes("@events");
    private readonly SqlParameter _eventsCount = Count("@events_count");
    private readonly SqlParameter _links = Bytes("@links");
    private readonly SqlParameter _linksCount = Count("@links_count");
    private readonly SqlParameter _first = Number("@first");
    private readonly SqlParameter _streams = Bytes("@streams");
    private readonly SqlParameter _streamsCount = Count("@streams_count");
    private readonly SqlParameter _eventIds = Bytes("@event_ids");
    private readonly SqlParameter _eventIdsCount = Count("@event_ids_count");
    private readonly SqlParameter _headPosition = Number("@head_position");
    private readonly SqlParameter _headRecordedAt = Number("@head_recorded_at");
    private readonly SqlParameter _position = Number("@position");
    private readonly SqlParameter _recordedAt = Number("@recorded_at");

    public AppendAtOnceCommand(DbConnection connection, string statement)
    {
        Connection = connection;
        _command = new SqlCommand(statement, (SqlConnection)connection);
        _command.Parameters.AddRange(
        [
            _events, _eventsCount, _links, _linksCount, _first, _streams, _streamsCount, _eventIds, _eventIdsCount,
            _headPosition, _headRecordedAt, _position, _recordedAt,
        ]);
        _command.Prepare();
    }

    public DbConnection Connection { get; }

    /// <summary>The statement with the values of an append.</summary>
    public SqlCommand With(AppendPlan plan, PlanAssumptions assumptions)
    {
        _events.Value = SqlServerPacking.Events(plan.Events);
        _eventsCount.Value = plan.Events.Count;
        _links.Value = SqlServerPacking.Links(plan.Events);
        _linksCount.Value = plan.Events.Sum(e => e.Event.FurtherCauses.Count);
        _first.Value = plan.Events[0].Position;
        _streams.Value = SqlServerPacking.Texts(assumptions.MissingStreams);
        _streamsCount.Value = assumptions.MissingStreams.Count;
        _eventIds.Value = SqlServerPacking.Ids(assumptions.MissingEvents);
        _eventIdsCount.Value = assumptions.MissingEvents.Count;
        _headPosition.Value = assumptions.Head.Position;
        _headRecordedAt.Value = assumptions.Head.RecordedAt;
        _position.Value = plan.Head.Position;
        _recordedAt.Value = plan.Head.RecordedAt;
        return _command;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear() => _events.Value = DBNull.Value;

    public void Dispose() => _command.Dispose();

    private static SqlParameter Bytes(string name) => new(name, SqlDbType.VarBinary, -1);

    private static SqlParameter Count(string name) => new(name, SqlDbType.Int);

    private static SqlParameter Number(string name) => new(name, SqlDbType.BigInt);
}
