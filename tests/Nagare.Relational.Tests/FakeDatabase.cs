using System.Data.Common;
using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare.Relational.Tests;

/// <summary>A database in memory that fails where a test wants it to, and stops where a test wants to look.</summary>
internal sealed class FakeDatabase
{
    private readonly List<StoredRow> _rows = [];
    private readonly List<StoredRow> _pending = [];
    private JournalHead _head;

    /// <summary>Called at each step of a transaction; what it throws, the session throws.</summary>
    public Action<Stage> At { get; set; } = _ => { };

    /// <summary>What the answer to a commit waits for, as on a network; null for nothing.</summary>
    public Func<Task>? Answer { get; set; }

    /// <summary>What was committed.</summary>
    public IReadOnlyList<StoredRow> Rows => _rows;

    /// <summary>How many appends' events each committed transaction held.</summary>
    public List<int> CommittedBatches { get; } = [];

    /// <summary>How many stream heads were read rather than known.</summary>
    public int StreamHeadReads { get; private set; }

    /// <summary>How many events the next insert pretends to have lost.</summary>
    public int LostInserts { get; set; }

    /// <summary>The types kept.</summary>
    public HashSet<StoredEventType> Types { get; } = [];

    /// <summary>Whether its sessions store in one trip where they know the head.</summary>
    public bool StoresAtOnce { get; set; }

    /// <summary>Whether the next such trip is cut off, to arrive at <see cref="ArriveLate"/>.</summary>
    public bool DelaysNextTrip { get; set; }

    /// <summary>What the last such trip took for granted.</summary>
    public PlanAssumptions Assumptions { get; private set; }

    private (AppendPlan Plan, JournalHead Assumed)? _late;

    public enum Stage
    {
        Begin,
        Insert,
        BeforeCommit,
        AfterCommit,
        ReadAppend,
    }

    public WriteSession OpenSession() => new Session(this);

    /// <summary>The trip that was cut off arrives, and is carried out where the head still is as it assumed.</summary>
    public void ArriveLate()
    {
        if (_late is var (plan, assumed))
        {
            _late = null;
            Store(plan, assumed);
        }
    }

    private bool Store(AppendPlan plan, JournalHead assumed)
    {
        if (assumed != _head)
        {
            return false;
        }

        _rows.AddRange(plan.Events.Select(e => e.ToRow()));
        _head = plan.Head;
        return true;
    }

    /// <summary>Moves the head as another process would.</summary>
    public void AppendBehindTheWritersBack(StreamId stream, long version)
    {
        var position = _head.Position + 1;
        _rows.Add(new StoredRow { Position = position, StreamId = stream.ToString(), Version = version, EventId = Guid.CreateVersion7(), Family = "note", Type = "noted", SchemaVersion = 1, Data = default, RecordedAt = 0, Salt = default, ContentHash = default });
        _head = new JournalHead(position, _head.RecordedAt);
    }

    private sealed class Session(FakeDatabase database) : WriteSession
    {
        private readonly HashSet<StoredEventType> _pendingTypes = [];

        public override bool CanStoreAtOnce => database.StoresAtOnce;

        public override ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
        {
            MayHaveCommitted = true;
            database.Assumptions = assumptions;
            if (database.DelaysNextTrip)
            {
                (database.DelaysNextTrip, database._late) = (false, (plan, assumptions.Head));
                throw new TransientFailureException("cut off");
            }

            return new(database.Store(plan, assumptions.Head));
        }

        public override ValueTask<JournalHead> Begin(CancellationToken cancellationToken)
        {
            database.At(Stage.Begin);
            return new(database._head);
        }

        public override ValueTask ReadStreamHeads(IReadOnlyList<string> streams, IDictionary<string, StreamHead> heads, CancellationToken cancellationToken)
        {
            database.StreamHeadReads += streams.Count;
            foreach (var stream in streams)
            {
                if (database._rows.LastOrDefault(row => row.StreamId == stream) is { } last)
                {
                    heads[stream] = new StreamHead(last.Version, last.Family);
                }
            }

            return default;
        }

        public override ValueTask<IReadOnlyList<StoredRow>> ReadAppend(Guid appendId, int limit, CancellationToken cancellationToken)
        {
            database.At(Stage.ReadAppend);
            return new(database._rows.SkipWhile(row => row.EventId != appendId).TakeWhile((row, i) => row.EventId == EventIds.At(appendId, i)).Take(limit).ToList());
        }

        public override ValueTask InsertTypes(IReadOnlyList<StoredEventType> types, CancellationToken cancellationToken)
        {
            _pendingTypes.UnionWith(types);
            return default;
        }

        public override ValueTask<int> Insert(IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken)
        {
            database.At(Stage.Insert);
            foreach (var e in events)
            {
                if (e.Event.Type.Name == "poison")
                {
                    throw new KeyViolationException("poison");
                }

                database._pending.Add(e.ToRow());
            }

            return new(events.Count - database.LostInserts);
        }

        public override ValueTask InsertRestore(RestoreRecord record, CancellationToken cancellationToken) => default;

        public override ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken) =>
            throw new NotSupportedException("No test of appends stores a tree of proofs.");

        public override async ValueTask Commit(JournalHead head, CancellationToken cancellationToken)
        {
            database.At(Stage.BeforeCommit);
            database._rows.AddRange(database._pending);
            database.CommittedBatches.Add(database._pending.Count);
            database.Types.UnionWith(_pendingTypes);
            database._head = head;
            Forget();
            database.At(Stage.AfterCommit);
            if (database.Answer is { } answer)
            {
                await answer().ConfigureAwait(false);
            }
        }

        public override bool CanShare => true;

        // There is nothing behind the fake that code could write to.
        public override ValueTask Share(Func<DbConnection, DbTransaction, ValueTask> use) => use(null!, null!);

        public override async ValueTask CommitShared(Guid appendId, CancellationToken cancellationToken)
        {
            MayHaveCommitted = true;
            await Commit(new JournalHead(database._pending[^1].Position, database._pending[^1].RecordedAt), cancellationToken);
        }

        public override ValueTask Rollback(CancellationToken cancellationToken) => Reset();

        public override ValueTask Reset()
        {
            Forget();
            return default;
        }

        public override ValueTask DisposeAsync() => Reset();

        private void Forget()
        {
            database._pending.Clear();
            _pendingTypes.Clear();
        }
    }
}

/// <summary>The relational journal over the fake.</summary>
internal sealed class FakeJournal : RelationalJournal
{
    private readonly FakeDatabase _database;

    public FakeJournal(FakeDatabase database, AppendQueueLimits? limits = null)
        : base("fake writer", limits ?? new AppendQueueLimits()) => _database = database;

    /// <summary>Tries again, as journals on servers do.</summary>
    public FakeJournal(FakeDatabase database, RetrySchedule retries, AppendQueueLimits? limits = null, TimeProvider? clock = null, ILogger? logger = null)
        : base(limits ?? new AppendQueueLimits(), retries, 1, clock ?? TimeProvider.System, logger) => _database = database;

    protected override ValueTask PrepareDatabase(CancellationToken cancellationToken) => default;

    protected override WriteSession CreateWriter() => _database.OpenSession();

    protected override ValueTask<ReadSession> OpenReader(CancellationToken cancellationToken) => throw new NotSupportedException("The fake is only written.");

    protected override SnapshotSession CreateSnapshotSession() => throw new NotSupportedException("The fake keeps no snapshots.");

    public static async Task<FakeJournal> Opened(FakeDatabase database, AppendQueueLimits? limits = null)
    {
        var journal = new FakeJournal(database, limits);
        await journal.Open(default);
        return journal;
    }
}

/// <summary>The same, tried again as on a server, without pauses.</summary>
internal sealed class RetryingFake(FakeDatabase database)
    : RelationalJournal(new AppendQueueLimits(), new RetrySchedule([.. Enumerable.Repeat(TimeSpan.Zero, 3)]), 1, TimeProvider.System)
{
    protected override ValueTask PrepareDatabase(CancellationToken cancellationToken) => default;

    protected override WriteSession CreateWriter() => database.OpenSession();

    protected override ValueTask<ReadSession> OpenReader(CancellationToken cancellationToken) => throw new NotSupportedException("The fake is only written.");

    protected override SnapshotSession CreateSnapshotSession() => throw new NotSupportedException("The fake keeps no snapshots.");

    public static async Task<RetryingFake> Opened(FakeDatabase database)
    {
        var journal = new RetryingFake(database);
        await journal.Open(default);
        return journal;
    }
}
