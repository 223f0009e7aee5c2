using MySqlConnector;

namespace Nagare.Storage;

/// <summary>The one statement that most appends are: an insert of so many events by itself, at the head that this writer left, answered once.</summary>
internal sealed class InsertAtOnce : IDisposable
{
    // Most of a size come once: to prepare it costs as much as to send it as a text.
    private const int UsesBeforePreparing = 2;

    private readonly MySqlCommand _command;
    private readonly MySqlParameter[] _parameters;
    private readonly Action<object?> _set;
    private int _next;
    private int _uses;

    public InsertAtOnce(MySqlConnection connection, int events)
    {
        Events = events;
        _set = Set;
        _command = new MySqlCommand(events == 1 ? MySqlWriteStatements.InsertOneAtTheHead : MySqlWriteStatements.InsertAtTheHead(events), connection);
        _parameters = new MySqlParameter[2 + (events * EventRow.Columns)];
        for (var i = 0; i < _parameters.Length; i++)
        {
            _command.Parameters.Add(_parameters[i] = new MySqlParameter());
        }
    }

    /// <summary>How many events it inserts.</summary>
    public int Events { get; }

    /// <summary>Whether it is used so often that it is worth a trip to prepare it.</summary>
    public bool IsWorthPreparing => Events == 1 || _uses >= UsesBeforePreparing;

    /// <summary>Whether an append needs no more than this: its events have no links, and nothing has to be asked but what their insert proves.</summary>
    public static bool Takes(AppendPlan plan, PlanAssumptions assumptions)
    {
        if (plan.Events.Count > MySqlWriteStatements.MaxRowsOfInsert || assumptions.MissingStreams.Count > 0 || assumptions.MissingEvents.Count > 0)
        {
            return false;
        }

        for (var i = 0; i < plan.Events.Count; i++)
        {
            if (plan.Events[i].Event.FurtherCauses.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The statement with the values of an append.</summary>
    public MySqlCommand With(AppendPlan plan, JournalHead left)
    {
        _uses++;
        _next = 0;
        if (Events > 1)
        {
            SetHead(left);
        }

        for (var i = 0; i < plan.Events.Count; i++)
        {
            EventRow.Write(plan.Events[i], _set);
        }

        if (Events == 1)
        {
            SetHead(left);
        }

        return _command;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear()
    {
        foreach (var parameter in _parameters)
        {
            parameter.Value = null;
        }
    }

    public void Dispose() => _command.Dispose();

    private void SetHead(JournalHead left)
    {
        Set(left.Position);
        Set(left.RecordedAt);
    }

    private void Set(object? value) => _parameters[_next++].Value = value;
}
