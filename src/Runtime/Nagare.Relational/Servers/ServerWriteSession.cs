using System.Data;
using System.Data.Common;

namespace Nagare.Storage;

/// <summary>
/// The connection to a server that writes. What a transaction says, and in which order, is decided here; a dialect says it in its own words,
/// each word a command of a batch that goes over the network in one trip.
/// </summary>
/// <remarks>
/// Two trips store a batch: the first begins, locks the head, and in statements of their own (a statement's snapshot is older than its
/// wait for the lock) reads streams and append ids; the second inserts, advances the head and commits. A dialect that can do better on a
/// head which it knows overrides <see cref="WriteSession.StoreAtOnce"/>. Where a transaction cannot begin in one batch and end in another,
/// the client's own calls begin and end it, each a trip.
/// </remarks>
public abstract partial class ServerWriteSession(ServerDialect dialect) : WriteSession
{
    // The class of SQLSTATE for what a constraint refuses.
    private const string IntegrityViolation = "23";

    private readonly ServerEventRow _row = new(dialect);
    private readonly Utf8Interner _texts = new();
    private DbConnection? _connection;
    private DbTransaction? _transaction;
    private bool _isReused;
    private bool _isBorrowed;
    private bool _hasLeft;

    /// <summary>How a transaction begins and ends as statements of a batch; null where the client's own calls have to say it.</summary>
    protected virtual TransactionStatements? Transactions => null;

    /// <summary>Whether <see cref="AddInsert"/> makes the database itself refuse an insertion that lost rows. Otherwise they are counted here, and the commit is a trip of its own.</summary>
    protected virtual bool InsertIsCounted => false;

    /// <summary>Locks and gives the head: one row of position and recorded time. The transaction has begun.</summary>
    protected abstract void AddLockHead(DbBatch batch);

    /// <summary>Gives stream id, version and family of each of the streams that exists.</summary>
    protected abstract void AddReadStreamHeads(DbBatch batch, IReadOnlyList<string> streams);

    /// <summary>Gives, from the event with this id on and by position, at most as many events as asked for, in all columns. More than those that belong to the append may come; what follows a hole in the ids is left out here.</summary>
    protected abstract void AddReadAppend(DbBatch batch, Guid appendId, int limit);

    /// <summary>Inserts the types that are not there yet.</summary>
    protected abstract void AddInsertTypes(DbBatch batch, IReadOnlyList<StoredEventType> types);

    /// <summary>Inserts events and the links to their further causes, each cause once. Returns the commands whose affected rows are the events; unused where <see cref="InsertIsCounted"/>.</summary>
    protected abstract IReadOnlyList<DbBatchCommand> AddInsert(DbBatch batch, IReadOnlyList<PlannedEvent> events);

    /// <summary>Records a restore.</summary>
    protected abstract void AddInsertRestore(DbBatch batch, RestoreRecord record);

    /// <summary>Advances the head; nothing where it stands in the events themselves.</summary>
    protected abstract void AddAdvance(DbBatch batch, JournalHead head);

    /// <summary>Makes a batch ready to run; a dialect that keeps prepared statements prepares it here.</summary>
    protected virtual ValueTask Prepare(DbBatch batch, CancellationToken cancellationToken) => default;

    /// <summary>Makes a kept command ready to run, each time that it runs.</summary>
    protected virtual ValueTask Prepare(DbCommand command, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public override async ValueTask<JournalHead> Begin(CancellationToken cancellationToken) =>
        (await Ask(WriteQuestions.None, cancellationToken).ConfigureAwait(false)).Head;

    /// <inheritdoc/>
    public override async ValueTask<WriteAnswers> Ask(WriteQuestions questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        MayHaveCommitted = false;
        try
        {
            return await AskOnce(questions, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFailureException) when (_isReused && !_isBorrowed)
        {
            // A connection that lay idle may have died meanwhile, and nothing was asked of it yet that could be stored.
            await Reset().ConfigureAwait(false);
            return await AskOnce(questions, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask ReadStreamHeads(IReadOnlyList<string> streams, IDictionary<string, StreamHead> heads, CancellationToken cancellationToken) => await Run(
        batch => AddReadStreamHeads(batch, streams),
        (rows, token) => ReadStreamHeads(rows, heads, token),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoredRow>> ReadAppend(Guid appendId, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRow> found = [];
        await Run(
            batch => AddReadAppend(batch, appendId, limit),
            async (rows, token) => found = await ReadAppend(rows, appendId, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <inheritdoc/>
    public override async ValueTask InsertTypes(IReadOnlyList<StoredEventType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Count > 0)
        {
            await Run(batch => AddInsertTypes(batch, types), null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> Insert(IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        IReadOnlyList<DbBatchCommand> inserts = [];
        await Run(batch => inserts = AddInsert(batch, events), null, cancellationToken).ConfigureAwait(false);
        return InsertIsCounted ? events.Count : inserts.Sum(insert => insert.RecordsAffected);
    }

    /// <inheritdoc/>
    public override async ValueTask InsertRestore(RestoreRecord record, CancellationToken cancellationToken) =>
        await Run(batch => AddInsertRestore(batch, record), null, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return;
        }

        await Run(
            batch =>
            {
                foreach (var row in rows)
                {
                    var insert = batch.CreateBatchCommand();
                    insert.CommandText = dialect.StoreTreeRow;
                    AddParameter(insert, "@tree", (int)row.Tree);
                    AddParameter(insert, "@level", row.Level);
                    AddParameter(insert, "@ordinal", row.Index);
                    AddParameter(insert, "@bytes", row.Bytes.ToArray());
                    batch.BatchCommands.Add(insert);
                }
            },
            null,
            cancellationToken).ConfigureAwait(false);
    }

    private static void AddParameter(DbBatchCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <inheritdoc/>
    public override async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(newTypes);
        var endsWithInsert = MayHaveCommitted = InsertIsCounted && Transactions is not null;
        await Store(plan, newTypes, endsWithInsert ? Transactions!.Commit : null, cancellationToken).ConfigureAwait(false);
        if (!endsWithInsert)
        {
            MayHaveCommitted = true;
            await End(commits: true, cancellationToken).ConfigureAwait(false);
        }
    }

    // In a trip of its own, without committing.
    private ValueTask Advance(JournalHead head, CancellationToken cancellationToken) => Run(batch => AddAdvance(batch, head), null, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask Commit(JournalHead head, CancellationToken cancellationToken)
    {
        await Advance(head, cancellationToken).ConfigureAwait(false);
        MayHaveCommitted = true;
        await End(commits: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask Rollback(CancellationToken cancellationToken) => End(commits: false, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask Reset()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        _connection = null;
        _transaction = null;
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            // Closing is all that was wanted of it, and a connection that broke is closed.
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Reset().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, string? last, CancellationToken cancellationToken)
    {
        IReadOnlyList<DbBatchCommand> inserts = [];
        var leaves = false;
        await Run(
            batch =>
            {
                if (newTypes.Count > 0)
                {
                    AddInsertTypes(batch, newTypes);
                }

                inserts = AddInsert(batch, plan.Events);
                AddAdvance(batch, plan.Head);
                leaves = _isBorrowed && AddLeaveBorrowed(batch);
                if (last is not null)
                {
                    Add(batch, last);
                }
            },
            null,
            cancellationToken).ConfigureAwait(false);
        _hasLeft = leaves;
        if (!InsertIsCounted)
        {
            CheckInserted(inserts.Sum(insert => insert.RecordsAffected), plan.Events.Count);
        }
    }

    private async ValueTask<WriteAnswers> AskOnce(WriteQuestions questions, CancellationToken cancellationToken)
    {
        _isReused = _connection is not null;
        JournalHead head = default;
        var heads = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        var appends = new IReadOnlyList<StoredRow>[questions.Appends.Count];
        var beginsByCall = !_isBorrowed && (questions.IsShared || Transactions is null);
        if (beginsByCall)
        {
            await BeginByCall(cancellationToken).ConfigureAwait(false);
        }

        await Run(
            batch =>
            {
                if (!beginsByCall && !_isBorrowed)
                {
                    Add(batch, Transactions!.Begin);
                }

                AddLockHead(batch);
                if (questions.Streams.Count > 0)
                {
                    AddReadStreamHeads(batch, questions.Streams);
                }

                foreach (var (appendId, limit) in questions.Appends)
                {
                    AddReadAppend(batch, appendId, limit);
                }
            },
            async (rows, token) =>
            {
                head = await ReadHead(rows, token).ConfigureAwait(false);
                if (questions.Streams.Count > 0)
                {
                    await rows.NextResultAsync(token).ConfigureAwait(false);
                    await ReadStreamHeads(rows, heads, token).ConfigureAwait(false);
                }

                for (var i = 0; i < appends.Length; i++)
                {
                    await rows.NextResultAsync(token).ConfigureAwait(false);
                    appends[i] = await ReadAppend(rows, questions.Appends[i].AppendId, token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return new WriteAnswers(head, heads, appends);
    }

    private async ValueTask BeginByCall(CancellationToken cancellationToken)
    {
        try
        {
            await Connect(cancellationToken).ConfigureAwait(false);
            _transaction = await _connection!.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    private async ValueTask End(bool commits, CancellationToken cancellationToken)
    {
        if (Transactions is { } statements && _transaction is null)
        {
            await Run(batch => Add(batch, commits ? statements.Commit : statements.Rollback), null, cancellationToken).ConfigureAwait(false);
            return;
        }

        var transaction = _transaction ?? throw new InvalidOperationException("A write session begins before it ends.");
        try
        {
            await (commits ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken)).ConfigureAwait(false);
            await transaction.DisposeAsync().ConfigureAwait(false);
            _transaction = null;
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    /// <summary>Adds a statement without parameters.</summary>
    protected static void AddStatement(DbBatch batch, string sql) => Add(batch, sql);

    private static void Add(DbBatch batch, string sql)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        batch.BatchCommands.Add(command);
    }

    // A new connection may have met another database, or the same one changed: an older build never writes into a newer format.
    private async ValueTask Connect(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            return;
        }

        DbConnection? connection = null;
        try
        {
            connection = await dialect.Connect(ServerConnectionUse.Write, cancellationToken).ConfigureAwait(false);
            await new ServerSchema(dialect).CheckFormat(connection, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Whatever was about to be sent was not, and nothing was before: what a caller's code may have committed is on a connection that is there.
            MayHaveCommitted = false;
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }

        _connection = connection;
    }

    private async ValueTask<JournalHead> ReadHead(DbDataReader rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new JournalHead(rows.GetInt64(0), rows.GetInt64(1))
            : throw new JournalSchemaException($"The journal in {dialect.Place} has no head: nagare_head was emptied. Restore it from an export or a backup.");

    private async ValueTask ReadStreamHeads(DbDataReader rows, IDictionary<string, StreamHead> heads, CancellationToken cancellationToken)
    {
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            heads[dialect.ReadText(rows, 0, _texts)] = new StreamHead(rows.GetInt64(1), dialect.ReadText(rows, 2, _texts));
        }
    }

    // An append's events have consecutive positions as they have consecutive ids.
    private async ValueTask<IReadOnlyList<StoredRow>> ReadAppend(DbDataReader rows, Guid appendId, CancellationToken cancellationToken)
    {
        var found = new List<StoredRow>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_row.ToRow(rows) is var row && row.EventId != EventIds.At(appendId, found.Count))
            {
                break;
            }

            found.Add(row);
        }

        _row.Shrink();
        return found;
    }
}
