using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Tells everybody who wants to hear, and the log.</summary>
internal sealed class SnapshotObservers(IEnumerable<ISnapshotObserver> observers, ILogger logger)
{
    private readonly ISnapshotObserver[] _observers = [.. observers];

    public void Used(string aggregate, StreamId stream, StreamVersion version)
    {
        foreach (var observer in _observers)
        {
            observer.Used(aggregate, stream, version);
        }
    }

    public void Ignored(string aggregate, StreamId stream, StreamVersion version, SnapshotFault fault)
    {
        if (fault is SnapshotFault.Damaged)
        {
            Log.SnapshotDamaged(logger, aggregate, stream, version);
        }
        else
        {
            Log.SnapshotIgnored(logger, aggregate, stream, version, fault);
        }

        foreach (var observer in _observers)
        {
            observer.Ignored(aggregate, stream, version, fault);
        }
    }

    public void Written(string aggregate, StreamId stream, StreamVersion version)
    {
        foreach (var observer in _observers)
        {
            observer.Written(aggregate, stream, version);
        }
    }

    public void Failed(string aggregate, StreamId stream, StreamVersion version, Exception? error)
    {
        Log.SnapshotFailed(logger, aggregate, stream, version, error);
        foreach (var observer in _observers)
        {
            observer.Failed(aggregate, stream, version, error);
        }
    }
}
