using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare;

/// <summary>Opens journals by name, each in a scope of the host's services, and closes those that nobody has used for the longest.</summary>
internal sealed class NamedJournals(IServiceScopeFactory scopes, NamedJournalsOptions options, TimeProvider clock, ILogger logger) : INamedJournals, IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JournalName, OpenJournal> _open = [];

    // Those that nobody holds, the longest idle first.
    private readonly LinkedList<OpenJournal> _idle = new();

    // Done whenever a place may have become free, and replaced.
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private bool _isDisposed;

    public async ValueTask<NamedJournal> Open(string name, CancellationToken cancellationToken = default)
    {
        var parsed = JournalName.Parse(name);
        var start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (journal, evicted, change) = Take(parsed);
            if (journal is not null)
            {
                return await Opened(journal, cancellationToken).ConfigureAwait(false);
            }

            if (evicted is not null)
            {
                await Close(evicted).ConfigureAwait(false);
                continue;
            }

            var left = options.MaxWait - clock.GetElapsedTime(start);
            try
            {
                await change.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new NamedJournalsExhaustedException(options.MaxOpen, clock.GetElapsedTime(start));
            }
        }
    }

    /// <summary>Closes all journals, also those that somebody still holds: the host ends.</summary>
    public async ValueTask DisposeAsync()
    {
        List<OpenJournal> open;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _timer?.Dispose();
            open = [.. _open.Values];
            _idle.Clear();
        }

        foreach (var journal in open)
        {
            await Close(journal).ConfigureAwait(false);
        }
    }

    /// <summary>The same for a container that closes synchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // The journal, held once more; or one to close first; or what to wait for.
    private (OpenJournal? Journal, OpenJournal? Evicted, Task Change) Take(JournalName name)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(INamedJournals));
            if (_open.TryGetValue(name, out var known))
            {
                // One that closes is waited for: a journal is open once at most.
                return known.IsClosing ? (null, null, _change.Task) : (Hold(known), null, Task.CompletedTask);
            }

            if (_open.Count < options.MaxOpen)
            {
                var created = new OpenJournal(name, scopes);
                _open.Add(name, created);
                return (Hold(created), null, Task.CompletedTask);
            }

            if (_idle.First is { } oldest)
            {
                _idle.RemoveFirst();
                oldest.Value.IsClosing = true;
                return (null, oldest.Value, Task.CompletedTask);
            }

            return (null, null, _change.Task);
        }
    }

    private OpenJournal Hold(OpenJournal journal)
    {
        journal.Holders++;
        if (journal.Node.List is not null)
        {
            _idle.Remove(journal.Node);
        }

        return journal;
    }

    private async ValueTask<NamedJournal> Opened(OpenJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            var services = await journal.Services(cancellationToken).ConfigureAwait(false);
            return new NamedJournal(journal.Name, services, () => LetGo(journal));
        }
        catch
        {
            // What cannot be opened keeps no place.
            var isLast = false;
            lock (_gate)
            {
                isLast = --journal.Holders == 0 && !journal.IsClosing;
                journal.IsClosing |= isLast;
            }

            if (isLast)
            {
                await Close(journal).ConfigureAwait(false);
            }

            throw;
        }
    }

    private void LetGo(OpenJournal journal)
    {
        lock (_gate)
        {
            if (--journal.Holders > 0 || journal.IsClosing || _isDisposed)
            {
                return;
            }

            journal.IdleSince = clock.GetTimestamp();
            _idle.AddLast(journal.Node);
            _timer ??= clock.CreateTimer(static state => _ = ((NamedJournals)state!).CloseIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_idle.Count == 1)
            {
                _timer.Change(options.IdleTime, Timeout.InfiniteTimeSpan);
            }

            Change();
        }
    }

    private async Task CloseIdle()
    {
        while (true)
        {
            OpenJournal journal;
            lock (_gate)
            {
                if (_isDisposed || _idle.First is not { } oldest)
                {
                    return;
                }

                journal = oldest.Value;
                var left = options.IdleTime - clock.GetElapsedTime(journal.IdleSince);
                if (left > TimeSpan.Zero)
                {
                    _timer!.Change(left, Timeout.InfiniteTimeSpan);
                    return;
                }

                _idle.RemoveFirst();
                journal.IsClosing = true;
            }

            await Close(journal).ConfigureAwait(false);
        }
    }

    private async ValueTask Close(OpenJournal journal)
    {
        try
        {
            await journal.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whoever waits for the place asked for another journal and has nothing to do with what went wrong here.
            Log.NamedJournalNotClosed(logger, journal.Name.ToString(), failure);
        }

        lock (_gate)
        {
            _open.Remove(journal.Name);
            Change();
        }
    }

    private void Change()
    {
        _change.TrySetResult();
        _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>One journal's scope, opened once.</summary>
    private sealed class OpenJournal : IAsyncDisposable
    {
        private readonly IServiceScopeFactory _scopes;
        private readonly SemaphoreSlim _opening = new(1, 1);
        private AsyncServiceScope? _scope;
        private bool _isClosed;

        public OpenJournal(JournalName name, IServiceScopeFactory scopes)
        {
            Name = name;
            Node = new LinkedListNode<OpenJournal>(this);
            _scopes = scopes;
        }

        public JournalName Name { get; }

        public LinkedListNode<OpenJournal> Node { get; }

        public int Holders { get; set; }

        public bool IsClosing { get; set; }

        public long IdleSince { get; set; }

        public async ValueTask<IServiceProvider> Services(CancellationToken cancellationToken)
        {
            await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(INamedJournals));
                if (_scope is not { } scope)
                {
                    _scope = scope = _scopes.CreateAsyncScope();
                    scope.ServiceProvider.GetRequiredService<ChosenJournal>().Name = Name;
                }

                await scope.ServiceProvider.GetRequiredService<IJournalStorage>().Open(cancellationToken).ConfigureAwait(false);
                return scope.ServiceProvider;
            }
            finally
            {
                _opening.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _opening.WaitAsync().ConfigureAwait(false);
            try
            {
                _isClosed = true;
                if (_scope is { } scope)
                {
                    _scope = null;
                    await scope.DisposeAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                _opening.Release();
            }
        }
    }
}
