using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>The connection to PostgreSQL that writes. Rows go over as arrays, a parameter a column, so that one prepared statement serves every batch.</summary>
internal sealed class PostgreSqlWriteSession(PostgreSqlDialect dialect) : ServerWriteSession(dialect)
{
    private AppendAtOnceBatches? _appendAtOnce;

    // What is stored at once, and the two calls that need to know of it: kept here, so that no append makes them anew.
    private AppendPlan? _plan;
    private PlanAssumptions _assumptions;
    private bool _isStored;
    private Func<DbConnection, DbBatch>? _fillAtOnce;
    private Func<DbDataReader, CancellationToken, ValueTask>? _readAtOnce;
    private string _callersPath = "";
    private string _callersLockTimeout = "";

    public override bool CanStoreAtOnce => true;

    protected override bool InsertIsCounted => true;

    protected override TransactionStatements Transactions => PostgreSqlWriteStatements.Transactions;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
    {
        MayHaveCommitted = true;
        try
        {
            (_plan, _assumptions, _isStored) = (plan, assumptions, false);
            await RunKept(_fillAtOnce ??= FillAtOnce, _readAtOnce ??= ReadAtOnce, cancellationToken).ConfigureAwait(false);
            return _isStored;
        }
        catch (KeyViolationException)
        {
            MayHaveCommitted = false;
            return false;
        }
        catch (JournalUnavailableException)
        {
            // The server refused the statement, which is a transaction of its own: nothing of it is stored, and nothing will be.
            MayHaveCommitted = false;
            throw;
        }
        finally
        {
            _appendAtOnce?.Clear();
            (_plan, _assumptions) = (null, default);
        }
    }

    private DbBatch FillAtOnce(DbConnection connection)
    {
        // What was kept for a connection before went with it.
        if (_appendAtOnce?.Connection != connection)
        {
            _appendAtOnce?.Dispose();
            _appendAtOnce = new AppendAtOnceBatches(connection);
        }

        return _appendAtOnce.With(_plan!, _assumptions);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadAtOnce(DbDataReader rows, CancellationToken cancellationToken) =>
        _isStored = await rows.ReadAsync(cancellationToken).ConfigureAwait(false) && rows.GetInt64(0) == 1;

    public override async ValueTask DisposeAsync()
    {
        _appendAtOnce?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override ValueTask EnterShared(CancellationToken cancellationToken) =>
        Run(batch => Add(batch, PostgreSqlWriteStatements.UseCallersPath), null, cancellationToken);

    protected override ValueTask LeaveShared(CancellationToken cancellationToken) => Run(batch => Add(batch, dialect.UseJournalsPath), null, cancellationToken);

    protected override async ValueTask EnterBorrowed(CancellationToken cancellationToken)
    {
        try
        {
            await Run(
                batch =>
                {
                    Add(batch, PostgreSqlWriteStatements.Savepoint);
                    Add(batch, PostgreSqlWriteStatements.ReadSettings);
                    Add(batch, dialect.UseJournalsPath);
                    Add(batch, dialect.UseJournalsLockTimeout);
                },
                async (rows, token) =>
                {
                    await rows.ReadAsync(token).ConfigureAwait(false);
                    (_callersPath, _callersLockTimeout) = (rows.GetString(0), rows.GetString(1));
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (JournalUnavailableException ended) when (ended.InnerException is PostgresException { SqlState: PostgresErrorCodes.NoActiveSqlTransaction or PostgresErrorCodes.InFailedSqlTransaction })
        {
            // The client's own object does not tell.
            throw new JournalTransactionException($"The transaction in which the journal in {dialect.Place} should append has ended or failed. Nothing was stored; append before the commit, or roll back.", ended);
        }
    }

    protected override ValueTask LeaveBorrowed(bool keepsWork, CancellationToken cancellationToken) => Run(
        batch =>
        {
            if (keepsWork)
            {
                AddLeaveBorrowed(batch);
                return;
            }

            // A savepoint takes settings along when it is rolled back to.
            Add(batch, PostgreSqlWriteStatements.RollbackToSavepoint);
            Add(batch, PostgreSqlWriteStatements.ReleaseSavepoint);
        },
        null,
        cancellationToken);

    protected override bool AddLeaveBorrowed(DbBatch batch)
    {
        Add(batch, PostgreSqlWriteStatements.RestoreSettings).Parameters.AddRange((NpgsqlParameter[])[Text(_callersPath), Text(_callersLockTimeout)]);
        Add(batch, PostgreSqlWriteStatements.ReleaseSavepoint);
        return true;
    }

    protected override void AddLockHead(DbBatch batch) => Add(batch, PostgreSqlWriteStatements.LockHead);

    protected override void AddReadStreamHeads(DbBatch batch, IReadOnlyList<string> streams)
    {
        if (streams.Count == 1)
        {
            Add(batch, PostgreSqlWriteStatements.ReadStreamHead).Parameters.Add(Text(streams[0]));
            return;
        }

        Add(batch, PostgreSqlWriteStatements.ReadStreamHeads).Parameters.Add(Texts([.. streams]));
    }

    protected override void AddReadAppend(DbBatch batch, Guid appendId, int limit)
    {
        var command = Add(batch, PostgreSqlReadStatements.Append);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = appendId, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(Number(limit));
    }

    protected override void AddInsertTypes(DbBatch batch, IReadOnlyList<StoredEventType> types)
    {
        var insert = Add(batch, PostgreSqlWriteStatements.InsertTypes);
        insert.Parameters.Add(Texts([.. types.Select(type => type.Family)]));
        insert.Parameters.Add(Texts([.. types.Select(type => type.Name)]));
        insert.Parameters.Add(Integers([.. types.Select(type => type.SchemaVersion)]));
        insert.Parameters.Add(Texts([.. types.Select(type => type.Schema)]));
        insert.Parameters.Add(Texts([.. types.Select(type => TemplateText.Write(type.Template))]));
    }

    protected override IReadOnlyList<DbBatchCommand> AddInsert(DbBatch batch, IReadOnlyList<PlannedEvent> events)
    {
        AddInsertEvents(batch, events);
        if (Links.Of(events) is { Count: > 0 } links)
        {
            AddLinks(Add(batch, PostgreSqlWriteStatements.InsertLinks), links);
        }

        return [];
    }

    private static void AddInsertEvents(DbBatch batch, IReadOnlyList<PlannedEvent> events)
    {
        if (events.Count == 1)
        {
            var parameters = new EventParameters();
            parameters.AddTo(Add(batch, PostgreSqlWriteStatements.InsertEvent));
            parameters.Set(events[0]);
            return;
        }

        var columns = new EventColumns();
        columns.AddTo(Add(batch, PostgreSqlWriteStatements.InsertEvents));
        columns.Set(events);
    }

    protected override void AddInsertRestore(DbBatch batch, RestoreRecord record)
    {
        var insert = Add(batch, PostgreSqlWriteStatements.InsertRestore);
        insert.Parameters.Add(Number(record.RestoredAt));
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Source, NpgsqlDbType = NpgsqlDbType.Text });
        insert.Parameters.Add(Number(record.LastPosition));
    }

    protected override void AddAdvance(DbBatch batch, JournalHead head)
    {
        var advance = Add(batch, PostgreSqlWriteStatements.Advance);
        advance.Parameters.Add(Number(head.Position));
        advance.Parameters.Add(Number(head.RecordedAt));
    }

    // What the connection has prepared before costs no trip. On a caller's connection nothing is left behind, and in a transaction that failed nothing can be prepared.
    protected override async ValueTask Prepare(DbBatch batch, CancellationToken cancellationToken)
    {
        if (!IsBorrowed)
        {
            await batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // By its own name the client's method makes one object less.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<DbDataReader> Execute(DbBatch batch, CancellationToken cancellationToken) =>
        await ((NpgsqlBatch)batch).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

    private static void AddLinks(NpgsqlBatchCommand command, IReadOnlyList<(long Position, ReadOnlyMemory<byte> Cause)> links)
    {
        command.Parameters.Add(Numbers([.. links.Select(link => link.Position)]));
        command.Parameters.Add(Bytes([.. links.Select(link => link.Cause)]));
    }

    private static NpgsqlBatchCommand Add(DbBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Numbers(long[] values) => new NpgsqlParameter<long[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter Integers(int[] values) => new NpgsqlParameter<int[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static NpgsqlParameter Texts(string?[] values) => new NpgsqlParameter<string?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Bytes(ReadOnlyMemory<byte>[] values) => new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
}
