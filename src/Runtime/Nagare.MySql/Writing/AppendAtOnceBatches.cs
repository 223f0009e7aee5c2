using MySqlConnector;

namespace Nagare.Storage;

/// <summary>The statements and batches of the sizes and shapes that appends had lately: kept for as long as their connection.</summary>
internal sealed class AppendAtOnceBatches(MySqlConnection connection) : IDisposable
{
    // What is kept of either is at most the parameters of so many events: for inserts 2.5 MB here. Callers who append in a loop make batches of two or three
    // sizes again and again.
    private const int MaxKeptSize = 512;
    private const int MaxSize = 128;

    // What was prepared stays in the server, 10 kB for an event, until the connection ends: its client cannot let go of it. Sizes that come first get it.
    private const int MaxPreparedSize = 2_048;

    // The one used last at the end.
    private readonly List<InsertAtOnce> _inserts = [];
    private readonly HashSet<int> _prepared = [];
    private readonly Dictionary<AppendShape, AppendAtOnceBatch> _kept = [];
    private InsertAtOnce? _lastInsert;
    private AppendAtOnceBatch? _last;
    private bool _isLastKept;
    private int _keptSize;
    private int _preparedSize;

    public MySqlConnection Connection => connection;

    /// <summary>Whether the last statement is to be prepared, unless it is already.</summary>
    public bool TakesPrepared()
    {
        if (_lastInsert is not { IsWorthPreparing: true, Events: var events })
        {
            return false;
        }

        if (_prepared.Contains(events))
        {
            return true;
        }

        if (_preparedSize + events > MaxPreparedSize)
        {
            return false;
        }

        _prepared.Add(events);
        _preparedSize += events;
        return true;
    }

    /// <summary>The statement with the values of an append that <see cref="InsertAtOnce.Takes"/>.</summary>
    public MySqlCommand Insert(AppendPlan plan, JournalHead left)
    {
        _isLastKept = plan.Events.Count <= MaxSize;
        _lastInsert = _isLastKept ? KeptInsert(plan.Events.Count) : new InsertAtOnce(connection, plan.Events.Count);
        return _lastInsert.With(plan, left);
    }

    /// <summary>The batch with the values of an append.</summary>
    public MySqlBatch With(AppendPlan plan, PlanAssumptions assumptions)
    {
        var links = Link.Of(plan.Events);
        var shape = new AppendShape(assumptions.MissingStreams.Count, assumptions.MissingEvents.Count, plan.Events.Count, links.Count);
        _isLastKept = shape.Size <= MaxSize;
        _last = _isLastKept ? Kept(shape) : new AppendAtOnceBatch(connection, shape);
        return _last.With(plan, assumptions, links);
    }

    /// <summary>Lets go of what the last append carried.</summary>
    public void Clear()
    {
        if (_isLastKept)
        {
            _lastInsert?.Clear();
            _last?.Clear();
        }
        else
        {
            _lastInsert?.Dispose();
            _last?.Dispose();
        }

        (_lastInsert, _last) = (null, null);
    }

    public void Dispose()
    {
        DisposeInserts(keptSize: 0);
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

    private InsertAtOnce KeptInsert(int events)
    {
        for (var i = _inserts.Count - 1; i >= 0; i--)
        {
            if (_inserts[i] is { } kept && kept.Events == events)
            {
                _inserts.RemoveAt(i);
                _inserts.Add(kept);
                return kept;
            }
        }

        DisposeInserts(MaxKeptSize - events);
        var insert = new InsertAtOnce(connection, events);
        _inserts.Add(insert);
        return insert;
    }

    // Those used longest ago, until what is left has at most so many events.
    private void DisposeInserts(int keptSize)
    {
        var size = _inserts.Sum(insert => insert.Events);
        while (size > keptSize)
        {
            size -= _inserts[0].Events;
            _inserts[0].Dispose();
            _inserts.RemoveAt(0);
        }
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
