using System.Collections.Concurrent;

namespace Nagare.Storage;

/// <summary>A few read sessions, opened when they are first needed and kept; who finds none free waits.</summary>
internal sealed class ReadSessionPool(int maxSessions, Func<CancellationToken, ValueTask<ReadSession>> open) : IAsyncDisposable
{
    // Last in, first out: the session used last has the warmest cache.
    private readonly ConcurrentStack<ReadSession> _idle = new();
    private readonly SemaphoreSlim _free = new(maxSessions);
    private volatile bool _disposed;

    public async ValueTask<ReadSession> Rent(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IJournalStorage));
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_idle.TryPop(out var session))
        {
            return session;
        }

        try
        {
            return await open(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public async ValueTask Return(ReadSession session)
    {
        if (session.IsBroken || _disposed)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _idle.Push(session);
        }

        _free.Release();
    }

    /// <summary>Closes the idle sessions; those in use close when they are returned.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryPop(out var session))
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
