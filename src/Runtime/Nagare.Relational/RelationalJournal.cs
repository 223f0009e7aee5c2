using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nagare.Storage;

/// <summary>
/// The one SQL journal. Appends meet in a queue and are committed in batches by one writer; reads take a session from a small pool,
/// a page at a time. A database joins by giving sessions that write and sessions that read.
/// </summary>
public abstract class RelationalJournal : IJournalStorage, ITreeStorage
{
    // A reader holds its session for one page. More of them than this wait for the disk or the processor anyway.
    private const int DefaultReadSessions = 8;

    // After failures of the moment, such as a deadlock between two builders of the tree.
    private const int MaxTreeRetries = 4;

    private readonly string? _threadName;
    private readonly RetrySchedule _retries;
    private readonly TimeProvider _clock;
    private readonly AppendQueueLimits _limits;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ReadSessionPool _readers;
    private readonly SemaphoreSlim _writingSnapshot = new(1, 1);
    private volatile Writing? _writing;
    private SnapshotSession? _snapshots;
    private bool _disposed;

    /// <summary>Makes a journal that is not open yet, on a database whose client blocks: one thread of its own writes, and no failure is tried again.</summary>
    /// <param name="threadName">What its writer thread is called.</param>
    /// <param name="limits">The queue's bounds.</param>
    /// <param name="logger">Takes what is worth knowing about the writer and its queue; null for nobody.</param>
    protected RelationalJournal(string threadName, AppendQueueLimits limits, ILogger? logger = null)
        : this(limits, RetrySchedule.None, DefaultReadSessions, TimeProvider.System, logger) => _threadName = threadName;

    /// <summary>Makes a journal that is not open yet, on a database whose client is asynchronous.</summary>
    /// <param name="limits">The queue's bounds.</param>
    /// <param name="retries">How often the writer tries again what is known not to be stored.</param>
    /// <param name="maxReadSessions">How many readers may hold a connection at the same time; further ones wait.</param>
    /// <param name="clock">The clock of the pauses between attempts.</param>
    /// <param name="logger">Takes what is worth knowing about the writer and its queue; null for nobody.</param>
    protected RelationalJournal(AppendQueueLimits limits, RetrySchedule retries, int maxReadSessions, TimeProvider clock, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(retries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxReadSessions);
        ArgumentNullException.ThrowIfNull(clock);
        limits.Check();
        _limits = limits;
        _retries = retries;
        _clock = clock;
        _logger = logger ?? NullLogger.Instance;
        _readers = new ReadSessionPool(maxReadSessions, OpenReader);
    }

    /// <inheritdoc/>
    public virtual string SystemName => "other";

    /// <inheritdoc/>
    public bool IsFull => _writing is { Queue.IsFull: true };

    /// <summary>Creates or checks the tables and checks the engine; see <see cref="IJournalStorage.Open"/>.</summary>
    protected abstract ValueTask PrepareDatabase(CancellationToken cancellationToken);

    /// <summary>Makes a session that writes. It connects at its first transaction and again after a failure.</summary>
    protected abstract WriteSession CreateWriter();

    /// <summary>Makes a session that keeps snapshots. It connects when it is first used and again after a failure.</summary>
    protected abstract SnapshotSession CreateSnapshotSession();

    /// <summary>Opens a session that reads.</summary>
    protected abstract ValueTask<ReadSession> OpenReader(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async ValueTask Open(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_writing is null)
            {
                await PrepareDatabase(cancellationToken).ConfigureAwait(false);
                _writing = new Writing(this);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        return Append(Queued(append, null, Opened.Metrics.Start()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(participate);
        return Opened.CanShare
            ? Append(Queued(append, new Participation(participate, this, cancellationToken), Opened.Metrics.Start()), cancellationToken)
            : throw new JournalTransactionException($"{GetType()} has no transaction in which code could take part. Nothing was stored.");
    }

    /// <inheritdoc/>
    public async ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Opened.CanShare)
        {
            throw new JournalTransactionException($"{GetType()} cannot append in a transaction of its caller. Nothing was stored.");
        }

        var session = CreateWriter();
        await using (session.ConfigureAwait(false))
        {
            return await BorrowedTransaction.Append(session, append, transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendInTurn(Func<PreparedAppend> prepare, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        var writing = Opened;
        return writing.Queue.IsFull ? Turn() : Append(Queued(prepare(), null, writing.Metrics.Start()), cancellationToken);

        async ValueTask<AppendResult> Turn()
        {
            RefuseWithinParticipation();
            var cameAt = writing.Metrics.Start();
            await writing.Queue.WaitForTurn(cancellationToken).ConfigureAwait(false);
            ValueTask<AppendResult> answer;
            try
            {
                // It stands in the queue, or waits for room there, once this returns.
                answer = Append(Queued(prepare(), null, cameAt), cancellationToken);
            }
            finally
            {
                writing.Queue.EndTurn();
            }

            return await answer.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<JournalFinding>> Examine(ExaminationDepth depth, CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public async ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        var metrics = Opened.Metrics;
        var startedAt = metrics.Start();
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            var count = await session.Read(query, sink, cancellationToken).ConfigureAwait(false);
            metrics.Read(query.Path, count, startedAt);
            return count;
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken)
    {
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.ReadHead(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken)
    {
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            // Ordinal here, not in the statement: what order a database gives to text is its own affair.
            var types = await session.ReadTypes(cancellationToken).ConfigureAwait(false);
            return [.. types.OrderBy(type => type.Family, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal).ThenBy(type => type.SchemaVersion)];
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken)
    {
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.ReadRestores(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(aggregate);
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.ReadSnapshot(stream, aggregate, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _ = Opened;
        await _writingSnapshot.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _snapshots ??= CreateSnapshotSession();
            await _snapshots.Write(snapshot, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writingSnapshot.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(record);
        _ = Opened;
        var session = CreateWriter();
        await using (session.ConfigureAwait(false))
        {
            return await new RestoreTransaction(session, types).Run(rows, record, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.ReadTreeRows(tree, level, firstIndex, limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken)
    {
        var session = await Rent(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.NextTreeIndex(tree, level, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _readers.Return(session).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _ = Opened;
        // A connection of its own, for as long as this takes: it is needed once in thousands of events.
        var session = CreateWriter();
        await using (session.ConfigureAwait(false))
        {
            // Each violated key is a row that somebody else stored meanwhile, so there are no more of them than rows.
            var (violations, failures) = (0, 0);
            while (true)
            {
                try
                {
                    await session.StoreTreeRows(rows, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (KeyViolationException) when (violations < rows.Count)
                {
                    violations++;
                    await session.Reset().ConfigureAwait(false);
                }
                catch (TransientFailureException) when (failures < MaxTreeRetries)
                {
                    failures++;
                    await session.Reset().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is KeyViolationException or TransientFailureException)
                {
                    throw new JournalUnavailableException($"The tree of proofs could not be stored: {failure.Message.TrimEnd('.')}. What was stored of it stays; build again.", failure);
                }
            }
        }
    }

    /// <summary>
    /// Refuses further appends, stores those that are queued, and closes all connections. Where the database does not answer, what is
    /// still queued fails with <see cref="JournalUnavailableException"/> instead.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                if (_writing is { } writing)
                {
                    await writing.End().ConfigureAwait(false);
                }

                await _readers.DisposeAsync().ConfigureAwait(false);
                await EndSnapshots().ConfigureAwait(false);
                RelationalLog.Closed(_logger);
            }
        }
        finally
        {
            _opening.Release();
        }

        GC.SuppressFinalize(this);
    }

    private async ValueTask EndSnapshots()
    {
        await _writingSnapshot.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_snapshots is { } snapshots)
            {
                _snapshots = null;
                await snapshots.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _writingSnapshot.Release();
        }
    }

    private Writing Opened => _writing ?? throw new InvalidOperationException("The journal is not open. Call Open first.");

    private ValueTask<ReadSession> Rent(CancellationToken cancellationToken)
    {
        _ = Opened;
        return _readers.Rent(cancellationToken);
    }

    private void RefuseWithinParticipation()
    {
        if (Participation.IsWithin(this))
        {
            throw new InvalidOperationException("Code that takes part in an append asked for another append to the same journal, which waits until that code is done. Put all events into the one append.");
        }
    }

    private ValueTask<AppendResult> Append(QueuedAppend queued, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queue = Opened.Queue;
        RefuseWithinParticipation();
        queue.Add(queued);
        return new(cancellationToken.CanBeCanceled ? AnswerUnlessCancelled(queue, queued, cancellationToken) : queued.Task);
    }

    // A writer with a thread of its own stores whatever the pool's threads do, so its callers may block all of them.
    private QueuedAppend Queued(PreparedAppend append, Participation? participation, long cameAt) => new(append, participation, cameAt, needsNoPool: _threadName is not null);

    private static async Task<AppendResult> AnswerUnlessCancelled(AppendQueue queue, QueuedAppend queued, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (queue, queued) = ((AppendQueue, QueuedAppend))state!;
                if (queue.Withdraw(queued) || queued.Participation?.TryGiveUp() == true)
                {
                    queued.Withdrawn(token);
                }
                else
                {
                    queued.Abandon();
                }
            },
            (queue, queued));
        return await queued.Task.ConfigureAwait(false);
    }

    // What exists from opening to closing.
    private sealed class Writing
    {
        private readonly WriteSession _session;
        private readonly Task _ended;
        private readonly IDisposable _watch;

        public Writing(RelationalJournal journal)
        {
            Metrics = new JournalMetrics(journal.SystemName, journal._clock);
            Queue = new AppendQueue(journal._limits, journal._logger);
            _watch = Metrics.Watch(() => Queue.Depth);
            _session = journal.CreateWriter();
            var writer = new BatchWriter(_session, journal._retries, journal._limits.ParticipationTime, journal._clock, Metrics, journal._logger);
            _ended = journal._threadName is { } name ? new WriterThread(Queue, writer, name).Ended : new WriterTask(Queue, writer, journal._clock).Ended;
        }

        public AppendQueue Queue { get; }

        public JournalMetrics Metrics { get; }

        public bool CanShare => _session.CanShare;

        public async Task End()
        {
            Queue.Close();
            await _ended.ConfigureAwait(false);
            await _session.DisposeAsync().ConfigureAwait(false);
            _watch.Dispose();
        }
    }
}
