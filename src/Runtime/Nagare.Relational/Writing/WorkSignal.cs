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
    public ValueTask WaitAsync(bool onCallersThread)
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return default;
            }

            _wait.Reset();
            _wait.RunContinuationsAsynchronously = !onCallersThread;
            _isAwaited = true;
            return new ValueTask(this, _wait.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
