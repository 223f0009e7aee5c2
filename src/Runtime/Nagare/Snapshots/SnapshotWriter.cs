using System.Threading.Channels;
using Nagare.Storage;

namespace Nagare;

/// <summary>Writes snapshots behind the calls that offered them, one after the other; what fails is logged, and nobody else hears of it.</summary>
internal sealed class SnapshotWriter : IAsyncDisposable, IDisposable
{
    // A snapshot that has to wait behind more than these is better made later, of a newer state.
    private const int MaxWaitingSnapshots = 64;

    private readonly IJournalStorage _storage;
    private readonly Channel<StoredSnapshot> _waiting;
    private readonly Lazy<Task> _loop;
    private volatile bool _isEnding;

    public SnapshotWriter(IJournalStorage storage, SnapshotObservers observers)
    {
        _storage = storage;
        Observers = observers;
        _waiting = Channel.CreateBounded<StoredSnapshot>(new BoundedChannelOptions(MaxWaitingSnapshots) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _loop = new Lazy<Task>(Run);
    }

    public SnapshotObservers Observers { get; }

    /// <summary>Takes a snapshot without its event id and checksum, which are looked up and made behind the call. Never waits.</summary>
    public void Write(StoredSnapshot snapshot)
    {
        if (_isEnding)
        {
            return;
        }

        _ = _loop.Value;
        if (!_waiting.Writer.TryWrite(snapshot) && !_isEnding)
        {
            Observers.Failed(snapshot.Aggregate, StreamId.FromStored(snapshot.StreamId), snapshot.Version, null);
        }
    }

    /// <summary>Writes what waits, up to the first failure: a database that is down keeps nobody from closing.</summary>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _waiting.Writer.TryComplete();
        if (_loop.IsValueCreated)
        {
            await _loop.Value.ConfigureAwait(false);
        }
    }

    /// <summary>The same for a container that closes synchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Run()
    {
        var isFailing = false;
        await foreach (var snapshot in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_isEnding && isFailing)
            {
                continue;
            }

            isFailing = !await TryWrite(snapshot).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryWrite(StoredSnapshot snapshot)
    {
        var stream = StreamId.FromStored(snapshot.StreamId);
        try
        {
            var at = new EventAt(snapshot.Position, snapshot.RecordedAt);
            var query = new StoredQuery { Path = StoredPath.Stream, Key = snapshot.StreamId, After = snapshot.Version - 1, Until = snapshot.Version, Limit = 1 };
            await _storage.Read(query, at, CancellationToken.None).ConfigureAwait(false);
            // Another event there than the one that was folded: the journal was restored from elsewhere meanwhile.
            if (at.EventId is { } eventId)
            {
                var whole = snapshot with { EventId = eventId };
                await _storage.WriteSnapshot(whole with { Checksum = whole.ComputeChecksum() }, CancellationToken.None).ConfigureAwait(false);
                Observers.Written(snapshot.Aggregate, stream, snapshot.Version);
            }

            return true;
        }
        catch (Exception failure)
        {
            // The outermost edge of a loop that nobody waits for: the failure is told, and the next snapshot is tried.
            Observers.Failed(snapshot.Aggregate, stream, snapshot.Version, failure);
            return false;
        }
    }

    private sealed class EventAt(long position, long recordedAt) : IStoredEventSink
    {
        public Guid? EventId { get; private set; }

        public bool Accept(in StoredEvent e)
        {
            EventId = e.Position == position && e.RecordedAt == recordedAt ? e.EventId : null;
            return false;
        }
    }
}
