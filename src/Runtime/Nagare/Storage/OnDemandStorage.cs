using System.Data.Common;

namespace Nagare.Storage;

/// <summary>Opens a storage before its first use, once, whoever comes first: a host at its start, or a call without a host.</summary>
/// <remarks>An opening that failed is tried again by the next call, and its error goes to whoever asked for it.</remarks>
/// <param name="storage">The storage.</param>
/// <param name="notBehind">What the journal must hold to be opened; null for anything.</param>
internal sealed class OnDemandStorage(IJournalStorage storage, JournalMark? notBehind = null) : IJournalStorage, ITreeStorage, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isOpen;
    private bool _isDisposed;

    public string SystemName => storage.SystemName;

    public bool IsFull => _isOpen && storage.IsFull;

    public ValueTask Open(CancellationToken cancellationToken) => _isOpen ? ValueTask.CompletedTask : OpenOnce(cancellationToken);

    public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        return _isOpen ? storage.Append(append, cancellationToken) : OpenFirst();

        async ValueTask<AppendResult> OpenFirst()
        {
            await OpenOnce(cancellationToken).ConfigureAwait(false);
            return await storage.Append(append, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<AppendResult> AppendInTurn(Func<PreparedAppend> prepare, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.AppendInTurn(prepare, cancellationToken).ConfigureAwait(false);
    }

    // Not opened for it: what is wrong may be what stands against opening.
    public ValueTask<IReadOnlyList<JournalFinding>> Examine(ExaminationDepth depth, CancellationToken cancellationToken) => storage.Examine(depth, cancellationToken);

    public async ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.Append(append, participate, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.AppendIn(append, transaction, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        return _isOpen ? storage.Read(query, sink, cancellationToken) : OpenFirst();

        async ValueTask<int> OpenFirst()
        {
            await OpenOnce(cancellationToken).ConfigureAwait(false);
            return await storage.Read(query, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.ReadHead(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.ReadTypes(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.ReadSnapshot(stream, aggregate, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        await storage.WriteSnapshot(snapshot, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.Restore(rows, types, record, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await storage.ReadRestores(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await Tree.ReadTreeRows(tree, level, firstIndex, limit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        return await Tree.NextTreeIndex(tree, level, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        await Open(cancellationToken).ConfigureAwait(false);
        await Tree.StoreTreeRows(rows, cancellationToken).ConfigureAwait(false);
    }

    private ITreeStorage Tree => storage as ITreeStorage
        ?? throw new NotSupportedException($"The storage {storage.GetType().Name} keeps no tree of proofs: it does not implement ITreeStorage.");

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await storage.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    // A container that is disposed synchronously must not leave a journal open behind it; a storage has no synchronous way to close.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async ValueTask OpenOnce(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isOpen)
            {
                await storage.Open(cancellationToken).ConfigureAwait(false);
                if (notBehind is not null)
                {
                    await new JournalMarks(storage).EnsureNotBehind(notBehind, cancellationToken).ConfigureAwait(false);
                }

                _isOpen = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }
}
