using MySqlConnector;

namespace Nagare.Storage;

/// <summary>The call that stores one event, which is what most appends are: prepared once for each connection, given the values of each append, and answered once.</summary>
internal sealed class AppendOneAtOnce : IDisposable
{
    private const int ValuesOfHeads = 4;

    private readonly MySqlCommand _command;
    private readonly Action<object?> _set;
    private int _next;

    public AppendOneAtOnce(MySqlConnection connection)
    {
        _set = Set;
        _command = new MySqlCommand(MySqlWriteStatements.AppendOne, connection);
        for (var i = 0; i < ValuesOfHeads + EventRow.Columns; i++)
        {
            _command.Parameters.Add(new MySqlParameter());
        }
    }

    /// <summary>Whether a plan is one event without links, of which nothing has to be asked but what its insert proves.</summary>
    public static bool Takes(AppendPlan plan, PlanAssumptions assumptions) =>
        plan.Events.Count == 1
        && plan.Events[0].Event is var e
        && e.FurtherCauses.Count == 0
        && assumptions.MissingStreams.Count == 0
        && (assumptions.MissingEvents.Count == 0 || (assumptions.MissingEvents.Count == 1 && assumptions.MissingEvents[0] == e.EventId));

    /// <summary>The call with the values of an append.</summary>
    public MySqlCommand With(AppendPlan plan, PlanAssumptions assumptions)
    {
        _next = 0;
        Set(assumptions.Head.Position);
        Set(assumptions.Head.RecordedAt);
        Set(plan.Head.Position);
        Set(plan.Head.RecordedAt);
        EventRow.Write(plan.Events[0], _set);
        return _command;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear()
    {
        for (var i = 0; i < _command.Parameters.Count; i++)
        {
            _command.Parameters[i].Value = null;
        }
    }

    public void Dispose() => _command.Dispose();

    private void Set(object? value) => _command.Parameters[_next++].Value = value;
}
