using System.Diagnostics;

namespace Nagare.Storage;

/// <summary>Where callers' appends meet before the writer: bounded in events and in bytes, first come, first served.</summary>
/// <remarks>
/// One lock guards it all, so an append is in exactly one state: waiting for room, queued, taken, or withdrawn. What is taken can no
/// longer be withdrawn; what is not taken is surely not stored.
/// </remarks>
internal sealed class AppendQueue(AppendQueueLimits limits) : IDisposable
{
    private static readonly TimeSpan AwakeTime = TimeSpan.FromMicroseconds(200);

    private readonly Lock _gate = new();
    private readonly LinkedList<QueuedAppend> _queued = new();
    private readonly LinkedList<QueuedAppend> _waitingForRoom = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private bool _closed;
    private bool _disposed;

    /// <summary>Events in the queue, those that wait for room not counted.</summary>
    public int QueuedEvents { get; private set; }

    /// <summary>Bytes in the queue, those that wait for room not counted.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Adds an append at the end, or lets it wait for room.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Add(QueuedAppend append)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IJournalStorage));
            // Nobody overtakes: a large append that waits for room would otherwise wait for ever.
            if (_waitingForRoom.Count > 0 || !HasRoomFor(append.Append))
            {
                _waitingForRoom.AddLast(append.Node);
                return;
            }

            Admit(append);
        }

        Signal();
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
        }

        if (admitted)
        {
            Signal();
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
        while (_work.CurrentCount == 0 && Stopwatch.GetElapsedTime(begun) < AwakeTime)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _work.Wait();
    }

    /// <summary>The same without blocking a thread.</summary>
    public Task WaitForWorkAsync() => _work.WaitAsync();

    /// <summary>Takes the next batch: at least one append where any is queued, more while they fit the bounds. False where none is.</summary>
    public bool TryTake(List<QueuedAppend> batch)
    {
        batch.Clear();
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
            return batch.Count > 0;

            // Code that takes part in an append commits with nobody else's events.
            bool FitsBeside(QueuedAppend next) => next.Participation is null && batch[0].Participation is null && Fits(next.Append);

            bool Fits(PreparedAppend next) =>
                batch.Count < limits.MaxBatchAppends
                && events + next.EventCount <= limits.MaxBatchEvents
                && bytes + next.Bytes <= limits.MaxBatchBytes;
        }
    }

    /// <summary>Refuses further appends; what is queued or waits for room stays to be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        Signal();
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

    public void Dispose()
    {
        lock (_work)
        {
            _disposed = true;
            _work.Dispose();
        }
    }

    private bool HasRoomFor(PreparedAppend append) =>
        _queued.Count == 0
        || (QueuedEvents + append.EventCount <= limits.MaxQueuedEvents && QueuedBytes + append.Bytes <= limits.MaxQueuedBytes);

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

    // One wake-up is enough: the writer takes until nothing is left before it waits again.
    private void Signal()
    {
        lock (_work)
        {
            if (!_disposed && _work.CurrentCount == 0)
            {
                _work.Release();
            }
        }
    }
}
