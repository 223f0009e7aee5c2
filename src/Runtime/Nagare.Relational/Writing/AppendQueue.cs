using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nagare.Storage;

/// <summary>Where callers' appends meet before the writer: bounded in events and in bytes, first come, first served.</summary>
/// <remarks>
/// One lock guards it all, so an append is in exactly one state: waiting for room, queued, taken, or withdrawn. What is taken can no
/// longer be withdrawn; what is not taken is surely not stored.
/// Where appends wait for room, further ones are not even encoded: their callers take turns, one at a time and in order, so that what waits
/// in memory beside a full queue is what was being encoded at the moment it filled up, however many callers there are.
/// </remarks>
internal sealed class AppendQueue(AppendQueueLimits limits, ILogger? logger = null)
{
    private static readonly TimeSpan AwakeTime = TimeSpan.FromMicroseconds(200);

    private readonly Lock _gate = new();
    private readonly LinkedList<QueuedAppend> _queued = new();
    private readonly LinkedList<QueuedAppend> _waitingForRoom = new();
    private readonly LinkedList<TaskCompletionSource> _waitingForTurn = new();
    private readonly WorkSignal _work = new();
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private volatile bool _isFull;
    private bool _hasTurn;
    private bool _closed;

    /// <summary>Events in the queue, those that wait for room not counted.</summary>
    public int QueuedEvents { get; private set; }

    /// <summary>Bytes in the queue, those that wait for room not counted.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Appends in the queue, those that wait for room not counted.</summary>
    public int QueuedAppends
    {
        get
        {
            lock (_gate)
            {
                return _queued.Count;
            }
        }
    }

    /// <summary>Whether appends wait for room, or for their turn to.</summary>
    public bool IsFull => _isFull;

    /// <summary>What stands here now.</summary>
    public QueueDepth Depth
    {
        get
        {
            lock (_gate)
            {
                return new QueueDepth(QueuedEvents, QueuedBytes, _waitingForRoom.Count + _waitingForTurn.Count);
            }
        }
    }

    /// <summary>Adds an append at the end, or lets it wait for room.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Add(QueuedAppend append)
    {
        bool fills;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IJournalStorage));
            // Nobody overtakes: a large append that waits for room would otherwise wait for ever.
            if (_waitingForRoom.Count == 0 && HasRoomFor(append.Append))
            {
                Admit(append);
                fills = false;
            }
            else
            {
                _waitingForRoom.AddLast(append.Node);
                fills = !_isFull;
                Note();
            }
        }

        if (fills)
        {
            RelationalLog.QueueFull(_logger, QueuedEvents, QueuedBytes);
        }

        _work.Set();
    }

    /// <summary>Waits, where appends wait for room, until it is the caller's turn to encode one and add it. The turn lasts until <see cref="EndTurn"/>.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed, or was closed meanwhile.</exception>
    public async Task WaitForTurn(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IJournalStorage));
            place = _waitingForTurn.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            GiveTurn();
            Note();
        }

        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (queue, place) = ((AppendQueue, LinkedListNode<TaskCompletionSource>))state!;
                queue.Leave(place, token);
            },
            (this, place));
        await place.Value.Task.ConfigureAwait(false);
    }

    /// <summary>The caller added its append, or will not.</summary>
    public void EndTurn()
    {
        lock (_gate)
        {
            _hasTurn = false;
            GiveTurn();
            Note();
        }
    }

    /// <summary>Takes an append back. False where the writer has taken it already.</summary>
    public bool Withdraw(QueuedAppend append)
    {
        bool admitted;
        lock (_gate)
        {
            if (append.Node.List is not { } list)
            {
                return false;
            }

            list.Remove(append.Node);
            if (list == _queued)
            {
                Leave(append.Append);
            }

            admitted = AdmitWaiting();
            GiveTurn();
            Note();
        }

        if (admitted)
        {
            _work.Set();
        }

        return true;
    }

    /// <summary>Waits, blocking its thread, until there is work or the queue is closed. May return early; then nothing is there to take.</summary>
    public void WaitForWork()
    {
        // Whoever was answered a moment ago often has the next append ready within this time, and to wake a thread that sleeps takes about as
        // long again. It yields to every thread that has something to do.
        var begun = Stopwatch.GetTimestamp();
        var spinner = default(SpinWait);
        while (!_work.IsSet && Stopwatch.GetElapsedTime(begun) < AwakeTime)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _work.Wait();
    }

    /// <summary>The same without blocking a thread.</summary>
    /// <param name="onCallersThread">Whether the thread of the caller who brings work goes on; see <see cref="WorkSignal.WaitAsync"/>.</param>
    /// <param name="untold">Who is told its answer once the writer waits, or null.</param>
    public ValueTask WaitForWorkAsync(bool onCallersThread, QueuedAppend? untold) => _work.WaitAsync(onCallersThread, untold);

    /// <summary>Takes the next batch: at least one append where any is queued, more while they fit the bounds. False where none is.</summary>
    public bool TryTake(List<QueuedAppend> batch)
    {
        batch.Clear();
        var drains = false;
        lock (_gate)
        {
            var events = 0;
            var bytes = 0L;
            while (_queued.First is { } node && (batch.Count == 0 || FitsBeside(node.Value)))
            {
                _queued.RemoveFirst();
                batch.Add(node.Value);
                events += node.Value.Append.EventCount;
                bytes += node.Value.Append.Bytes;
                Leave(node.Value.Append);
            }

            AdmitWaiting();
            GiveTurn();
            drains = _isFull;
            Note();
            drains &= !_isFull;

            // Code that takes part in an append commits with nobody else's events.
            bool FitsBeside(QueuedAppend next) => next.Participation is null && batch[0].Participation is null && Fits(next.Append);

            bool Fits(PreparedAppend next) =>
                batch.Count < limits.MaxBatchAppends
                && events + next.EventCount <= limits.MaxBatchEvents
                && bytes + next.Bytes <= limits.MaxBatchBytes;
        }

        if (drains)
        {
            RelationalLog.QueueHasRoom(_logger);
        }

        return batch.Count > 0;
    }

    /// <summary>Refuses further appends, and those that wait for their turn; what is queued or waits for room stays to be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_waitingForTurn.First is { } place)
            {
                _waitingForTurn.RemoveFirst();
                place.Value.TrySetException(new ObjectDisposedException(typeof(IJournalStorage).FullName));
            }

            Note();
        }

        _work.Set();
    }

    /// <summary>Whether nothing more will come.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    private bool HasRoomFor(PreparedAppend append) =>
        _queued.Count == 0
        || (QueuedEvents + append.EventCount <= limits.MaxQueuedEvents && QueuedBytes + append.Bytes <= limits.MaxQueuedBytes);

    // One at a time: turns keep the order of the calls, and what is encoded beside a full queue is one append.
    private void GiveTurn()
    {
        if (!_hasTurn && _waitingForTurn.First is { } place && _waitingForRoom.Count == 0
            && (_queued.Count == 0 || (QueuedEvents < limits.MaxQueuedEvents && QueuedBytes < limits.MaxQueuedBytes)))
        {
            _waitingForTurn.RemoveFirst();
            _hasTurn = true;
            place.Value.TrySetResult();
        }
    }

    // A turn that was given is the caller's to end, cancelled or not.
    private void Leave(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return;
            }

            _waitingForTurn.Remove(place);
            Note();
        }

        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Note() => _isFull = _waitingForRoom.Count > 0 || _waitingForTurn.Count > 0 || _hasTurn;

    private bool AdmitWaiting()
    {
        var admitted = false;
        while (_waitingForRoom.First is { } node && HasRoomFor(node.Value.Append))
        {
            _waitingForRoom.RemoveFirst();
            Admit(node.Value);
            admitted = true;
        }

        return admitted;
    }

    private void Admit(QueuedAppend append)
    {
        _queued.AddLast(append.Node);
        QueuedEvents += append.Append.EventCount;
        QueuedBytes += append.Append.Bytes;
    }

    private void Leave(PreparedAppend append)
    {
        QueuedEvents -= append.EventCount;
        QueuedBytes -= append.Bytes;
    }
}
