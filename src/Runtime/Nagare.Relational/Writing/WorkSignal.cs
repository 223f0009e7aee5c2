using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Nagare.Storage;

/// <summary>
/// Wakes the one writer that waits for work. A signal that comes while nobody waits is kept, and two of them are one: the writer takes until nothing
/// is left before it waits again.
/// </summary>
/// <remarks>
/// A semaphore would do the same, and make an object for each wait without a thread.
/// </remarks>
internal sealed class WorkSignal : IValueTaskSource
{
    private readonly object _gate = new();
    private ManualResetValueTaskSourceCore<bool> _wait;
    private QueuedAppend? _untold;
    private bool _isSet;
    private bool _isAwaited;

    /// <summary>Whether the next wait ends at once.</summary>
    public bool IsSet => Volatile.Read(ref _isSet);

    /// <summary>Wakes the writer.</summary>
    public void Set()
    {
        lock (_gate)
        {
            if (!_isAwaited)
            {
                _isSet = true;
                Monitor.Pulse(_gate);
                return;
            }

            _isAwaited = false;
        }

        _wait.SetResult(true);
    }

    /// <summary>Waits, blocking its thread.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (!_isSet)
            {
                Monitor.Wait(_gate);
            }

            _isSet = false;
        }
    }

    /// <summary>The same without blocking a thread.</summary>
    /// <param name="onCallersThread">
    /// Whether whoever sets the signal goes on as the writer, up to where it waits for the database, instead of waking a thread. A caller who is alone waits a
    /// tenth less then; eight lose a seventh of their rate, because what they bring goes one by one.
    /// </param>
    /// <param name="untold">
    /// Who is told its answer, or null: on this thread once the writer stands still, as whoever calls a database's client itself goes on on the thread that
    /// had its answer. To wake another thread for it costs a lone caller as much as planning its append.
    /// </param>
    public ValueTask WaitAsync(bool onCallersThread, QueuedAppend? untold = null)
    {
        lock (_gate)
        {
            if (!_isSet)
            {
                _wait.Reset();
                _wait.RunContinuationsAsynchronously = !onCallersThread;
                _isAwaited = true;
                _untold = untold;
                return new ValueTask(this, _wait.Version);
            }

            _isSet = false;
        }

        untold?.TellElsewhere();
        return default;
    }

    // Work that came before the writer stood still: it goes on, and whoever was to be told is told elsewhere.
    void IValueTaskSource.GetResult(short token)
    {
        TakeUntold()?.TellElsewhere();
        _wait.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    // From here on the writer does nothing more on this thread, whoever wakes it and when.
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _wait.OnCompleted(continuation, state, token, flags);
        if (TakeUntold() is not { } untold)
        {
            return;
        }

        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            untold.Tell();
        }
        else
        {
            untold.TellElsewhere();
        }
    }

    private QueuedAppend? TakeUntold() => Interlocked.Exchange(ref _untold, null);
}
