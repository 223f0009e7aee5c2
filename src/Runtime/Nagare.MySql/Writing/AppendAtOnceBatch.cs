using MySqlConnector;

namespace Nagare.Storage;

/// <summary>How many of each an append has: appends of one shape are the same statements.</summary>
internal readonly record struct AppendShape(int MissingStreams, int MissingEvents, int Events, int Links)
{
    /// <summary>How much there is to say.</summary>
    public int Size => MissingStreams + MissingEvents + Events + Links;
}

/// <summary>The batch that stores, in one trip, appends of one shape that need more than an insert: its texts and parameters are made once, and given the values of each append.</summary>
internal sealed class AppendAtOnceBatch : IDisposable
{
    // What a compound statement holds is copied more often, which more events than these make dearer than the answers it saves.
    private const int MaxEventsOfCompound = 4;

    private readonly MySqlBatch _batch;
    private readonly List<MySqlParameter> _parameters = [];
    private readonly Action<object?> _set;
    private readonly bool _isCompound;
    private int _next;

    public AppendAtOnceBatch(MySqlConnection connection, AppendShape shape)
    {
        _set = Set;
        _batch = new MySqlBatch(connection);
        // A server answers each statement of a batch, and each answer wakes us; MariaDB answers a compound statement once.
        _isCompound = shape.Events <= MaxEventsOfCompound && connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        Add(MySqlWriteStatements.Transactions.Begin, 0);
        Add(MySqlWriteStatements.TakeHeadLeft(shape.MissingStreams, shape.MissingEvents), shape.MissingStreams + shape.MissingEvents + 2);
        foreach (var events in MySqlWriteStatements.InsertSizes(shape.Events))
        {
            Add(MySqlWriteStatements.Insert(events), events * EventRow.Columns);
        }

        foreach (var links in MySqlWriteStatements.InsertSizes(shape.Links))
        {
            Add(MySqlWriteStatements.Link(links), links * 2);
        }

        Add(MySqlWriteStatements.Transactions.Commit, 0);
        if (_isCompound)
        {
            _batch.BatchCommands[0].CommandText = MySqlWriteStatements.Compound(_batch.BatchCommands[0].CommandText);
        }
    }

    /// <summary>The batch with the values of an append.</summary>
    /// <param name="plan">What is stored.</param>
    /// <param name="assumptions">What has to be asked; of its missing streams and events only those that the inserts do not prove missing.</param>
    /// <param name="links">The links of the plan's events.</param>
    public MySqlBatch With(AppendPlan plan, PlanAssumptions assumptions, IReadOnlyList<Link> links)
    {
        _next = 0;
        Set(assumptions.Head.Position);
        Set(assumptions.Head.RecordedAt);
        foreach (var stream in assumptions.MissingStreams)
        {
            Set(stream);
        }

        foreach (var id in assumptions.MissingEvents)
        {
            Set(EventRow.Bytes(id));
        }

        foreach (var planned in plan.Events)
        {
            EventRow.Write(planned, _set);
        }

        foreach (var link in links)
        {
            Set(link.Position);
            Set(link.Cause);
        }

        return _batch;
    }

    /// <summary>Lets go of what an append carried, which may be long.</summary>
    public void Clear()
    {
        foreach (var parameter in _parameters)
        {
            parameter.Value = null;
        }
    }

    public void Dispose() => _batch.Dispose();

    private void Add(string sql, int parameters)
    {
        if (!_isCompound || _batch.BatchCommands.Count == 0)
        {
            _batch.BatchCommands.Add(new MySqlBatchCommand());
        }

        var command = _batch.BatchCommands[^1];
        command.CommandText += _isCompound ? sql + ";\n" : sql;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = new MySqlParameter();
            command.Parameters.Add(parameter);
            _parameters.Add(parameter);
        }
    }

    private void Set(object? value) => _parameters[_next++].Value = value;
}
