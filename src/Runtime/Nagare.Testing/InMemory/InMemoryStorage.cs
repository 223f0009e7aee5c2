using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>A journal in memory: for tests of your own code, and to be read as the manual for writing another one.</summary>
/// <remarks>
/// It keeps every promise of <see cref="IJournalStorage"/> but durability, and passes the same conformance suite
/// as a database. A provider for a database follows the same three steps under its head lock: read what the planner asks for, let
/// <see cref="AppendPlanner"/> decide, store what it planned. Group commit, which only pays where a commit is slow, is left out.
/// </remarks>
public sealed class InMemoryStorage : IJournalStorage, ITreeStorage
{
    private readonly InMemoryJournal _journal;
    private volatile bool _isClosed;

    /// <summary>Makes a storage over a new, empty journal.</summary>
    public InMemoryStorage()
        : this(new InMemoryJournal())
    {
    }

    /// <summary>Makes a storage over a journal that may hold events already, as after a restart.</summary>
    public InMemoryStorage(InMemoryJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
    }

    /// <inheritdoc/>
    public ValueTask Open(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            var plan = AppendPlanner.Plan(_journal.Head, [append], _journal.StreamHead, _journal.StoredBefore);
            if (plan.Outcomes[0].Error is { } error)
            {
                throw error;
            }

            foreach (var planned in plan.Events)
            {
                _journal.Insert(planned.Event.Type);
                _journal.Insert(planned.ToRow(), planned.Event.FurtherCauses);
            }

            return new(plan.Outcomes[0].Result!);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        Check(cancellationToken);
        IReadOnlyList<StoredRow> page;
        lock (_journal.Gate)
        {
            page = _journal.Select(query);
        }

        // Rows never change, so the sink, whose speed nobody knows, runs outside the lock.
        var given = 0;
        foreach (var row in page)
        {
            cancellationToken.ThrowIfCancellationRequested();
            given++;
            if (!sink.Accept(query.Detail == StoredDetail.Full ? row.AsStoredEvent() : FoldOnly(row)))
            {
                break;
            }
        }

        return new(given);
    }

    /// <inheritdoc/>
    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new(_journal.Head);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new(_journal.Types);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(record);
        Check(cancellationToken);
        var accepted = await Accept(rows, cancellationToken).ConfigureAwait(false);

        lock (_journal.Gate)
        {
            if (_journal.Head.Position > 0)
            {
                throw new RestoreException($"A restore goes into an empty journal; this one holds {_journal.Head.Position} events.");
            }

            foreach (var type in types)
            {
                _journal.Insert(type);
            }

            foreach (var row in accepted)
            {
                _journal.Insert(row, [.. StoredMetadata.FromBytes(row.Metadata.Span).FurtherCauses.Select(cause => (ReadOnlyMemory<byte>)cause.ToBytes())]);
            }

            _journal.Restores.Add(record);
            return _journal.Head;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new([.. _journal.Restores]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new(_journal.Tree.Read(tree, level, firstIndex, limit));
        }
    }

    /// <inheritdoc/>
    public ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new(_journal.Snapshots.TryGetValue((stream, aggregate), out var snapshot)
                ? new FoundSnapshot(snapshot, _journal.EventIdAt(stream, snapshot.Version))
                : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            return new(_journal.Tree.Next(tree, level));
        }
    }

    /// <inheritdoc/>
    public ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            foreach (var row in rows)
            {
                _journal.Tree.Store(row);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Check(cancellationToken);
        lock (_journal.Gate)
        {
            _journal.Snapshots[(snapshot.StreamId, snapshot.Aggregate)] = snapshot;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Closes this storage; what the journal holds stays.</summary>
    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<List<StoredRow>> Accept(IAsyncEnumerable<StoredRow> rows, CancellationToken cancellationToken)
    {
        var accepted = new List<StoredRow>();
        var order = new RestoredRows();
        var eventIds = new HashSet<Guid>();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var breach = order.Take(row) ?? (eventIds.Add(row.EventId) ? null : $"position {row.Position} holds event {row.EventId} for the second time");
            if (breach is not null)
            {
                throw new RestoreException($"Row {row.Position}: {breach}. Nothing was stored.");
            }

            accepted.Add(row);
        }

        return accepted;
    }

    // What a fold does not need is left empty here too, so that a test finds out before a database does.
    private static StoredEvent FoldOnly(StoredRow row) => new()
    {
        Position = row.Position,
        StreamId = row.StreamId,
        Version = row.Version,
        Family = row.Family,
        Type = row.Type,
        SchemaVersion = row.SchemaVersion,
        Data = row.Data.Span,
        RecordedAt = row.RecordedAt,
    };

    private void Check(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
