using MySqlConnector;

namespace Nagare.Storage;

/// <summary>The call that appends one event, and the batches of the shapes that other appends had lately: kept for as long as their connection.</summary>
internal sealed class AppendAtOnceBatches(MySqlConnection connection) : IDisposable
{
    // What is kept is at most the parameters of so many events, about a megabyte. Group commits come in many sizes, most of them small.
    private const int MaxKeptSize = 512;
    private const int MaxSize = 128;

    private readonly Dictionary<AppendShape, AppendAtOnceBatch> _kept = [];
    private AppendOneAtOnce? _one;
    private AppendAtOnceBatch? _last;
    private bool _isLastKept;
    private int _keptSize;

    public MySqlConnection Connection => connection;

    /// <summary>The call with the values of an append that <see cref="AppendOneAtOnce.Takes"/>.</summary>
    public MySqlCommand One(AppendPlan plan, PlanAssumptions assumptions) => (_one ??= new AppendOneAtOnce(connection)).With(plan, assumptions);

    /// <summary>The batch with the values of an append.</summary>
    public MySqlBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        var links = Link.Of(plan.Events);
        assumptions = Unproven(plan, assumptions);
        var shape = new AppendShape(assumptions.MissingStreams.Count, assumptions.MissingEvents.Count, plan.Events.Count, links.Count);
        _isLastKept = shape.Size <= MaxSize;
        _last = _isLastKept ? Kept(shape) : new AppendAtOnceBatch(connection, shape);
        return _last.With(plan, assumptions, links);
    }

    /// <summary>Lets go of what the last append carried.</summary>
    public void Clear()
    {
        _one?.Clear();
        if (_isLastKept)
        {
            _last?.Clear();
        }
        else
        {
            _last?.Dispose();
        }

        _last = null;
    }

    public void Dispose()
    {
        _one?.Dispose();
        _one = null;
        DisposeBatches();
    }

    private void DisposeBatches()
    {
        foreach (var batch in _kept.Values)
        {
            batch.Dispose();
        }

        _kept.Clear();
        _keptSize = 0;
    }

    // An event under its id can be inserted only where there is none: to ask besides costs a subquery.
    private static PlanAssumptions Unproven(AppendPlan plan, PlanAssumptions assumptions)
    {
        if (assumptions.MissingEvents.Count == 0)
        {
            return assumptions;
        }

        var stored = plan.Events.Select(planned => planned.Event.EventId).ToHashSet();
        return assumptions with { MissingEvents = [.. assumptions.MissingEvents.Where(id => !stored.Contains(id))] };
    }

    private AppendAtOnceBatch Kept(AppendShape shape)
    {
        if (!_kept.TryGetValue(shape, out var batch))
        {
            if (_keptSize + shape.Size > MaxKeptSize)
            {
                DisposeBatches();
            }

            _keptSize += shape.Size;
            _kept.Add(shape, batch = new AppendAtOnceBatch(connection, shape));
        }

        return batch;
    }
}
