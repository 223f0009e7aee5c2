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
        if (_disposed)
        {
            _free.Release();
            throw new ObjectDisposedException(typeof(IJournalStorage).FullName);
        }

        if (_idle.TryPop(out var session))
        {
            return session;
        }

        // What was begun is finished, whoever waits for it: a client may go on connecting for somebody who left, and the next reader needs a session.
        var opening = Open();
        try
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ = KeepOnceOpen(opening);
            throw;
        }
        catch (JournalException) when (_idle.TryPop(out session))
        {
            // There is no more of them to be had, but another reader gave one back meanwhile.
            return session;
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

    private async Task<ReadSession> Open() => await open(CancellationToken.None).ConfigureAwait(false);

    private async Task KeepOnceOpen(Task<ReadSession> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await Return(await opening.ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            // Nobody hears of it here; the next reader does.
            _free.Release();
        }
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
