using System.Buffers;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace Nagare.Storage;

/// <summary>
/// The connection to MySQL that writes. Most appends are one prepared insert. What takes several statements goes over as one text, because prepared ones
/// cost a trip each.
/// </summary>
internal sealed class MySqlWriteSession(MySqlDialect dialect) : ServerWriteSession(dialect)
{
    // The parts of a union cost more the more there are.
    private const int MaxStreamsOfUnion = 16;

    private AppendAtOnceBatches? _appendAtOnce;

    // What is stored at once, and the calls that need to know of it: kept here, so that no append makes them anew.
    private AppendPlan? _plan;
    private PlanAssumptions _assumptions;
    private Func<DbConnection, DbBatch>? _fillAtOnce;
    private Func<DbConnection, DbCommand>? _fillInsert;
    private Func<DbDataReader, CancellationToken, ValueTask>? _countInserted;
    private int _inserted;

    private string? _callersDatabase;
    private string _callersSettings = "";

    public override bool CanStoreAtOnce => true;

    // An insert of these servers, in strict mode, stores every row or fails: no trigger and no rule can swallow one.
    protected override bool InsertIsCounted => true;

    protected override TransactionStatements Transactions => MySqlWriteStatements.Transactions;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
    {
        MayHaveCommitted = false;
        if (!MySqlPackets.IsOneTrip(plan.Events, dialect.MaxPacketBytes))
        {
            return false;
        }

        (_plan, _assumptions) = (plan, Unproven(plan, assumptions));
        var isOneStatement = InsertAtOnce.Takes(plan, _assumptions);
        MayHaveCommitted = true;
        try
        {
            if (isOneStatement)
            {
                await RunKeptCommand(_fillInsert ??= FillInsert, _countInserted ??= CountInserted, cancellationToken).ConfigureAwait(false);
                return MayHaveCommitted = _inserted > 0;
            }

            await RunKept(_fillAtOnce ??= FillAtOnce, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception refusal) when (refusal is KeyViolationException || MySqlErrors.IsRefusedHead(refusal.InnerException))
        {
            // What the plan was made for is not what is there.
            MayHaveCommitted = false;
            if (!isOneStatement)
            {
                // What fails ends the batch, so the commit was not reached; its transaction still holds the head.
                await Rollback(cancellationToken).ConfigureAwait(false);
            }

            return false;
        }
        finally
        {
            _appendAtOnce?.Clear();
            (_plan, _assumptions) = (null, default);
        }
    }

    private DbBatch FillAtOnce(DbConnection connection) => KeptFor(connection).With(_plan!, _assumptions);

    private DbCommand FillInsert(DbConnection connection) => KeptFor(connection).Insert(_plan!, _assumptions.Head);

    // The insert of one event inserts none where the head is not where it was left; any other fails.
    private ValueTask CountInserted(DbDataReader rows, CancellationToken cancellationToken)
    {
        _inserted = rows.RecordsAffected;
        return default;
    }

    // An event under its id can be inserted only where there is none: to ask besides costs a look. Both are in the order of the appends.
    private static PlanAssumptions Unproven(AppendPlan plan, PlanAssumptions assumptions)
    {
        List<Guid>? unproven = null;
        var next = 0;
        for (var i = 0; i < assumptions.MissingEvents.Count; i++)
        {
            var place = next;
            while (place < plan.Events.Count && plan.Events[place].Event.EventId != assumptions.MissingEvents[i])
            {
                place++;
            }

            if (place == plan.Events.Count)
            {
                (unproven ??= []).Add(assumptions.MissingEvents[i]);
            }
            else
            {
                next = place + 1;
            }
        }

        return assumptions with { MissingEvents = (IReadOnlyList<Guid>?)unproven ?? [] };
    }

    private AppendAtOnceBatches KeptFor(DbConnection connection)
    {
        // What was kept for a connection before went with it.
        if (_appendAtOnce?.Connection != connection)
        {
            _appendAtOnce?.Dispose();
            _appendAtOnce = new AppendAtOnceBatches((MySqlConnection)connection);
        }

        return _appendAtOnce;
    }

    // A trip once for each connection; afterwards the client finds that it is prepared.
    protected override ValueTask Prepare(DbCommand command, CancellationToken cancellationToken) =>
        _appendAtOnce!.TakesPrepared() ? new(command.PrepareAsync(cancellationToken)) : default;

    public override async ValueTask DisposeAsync()
    {
        _appendAtOnce?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    public override async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        if (MySqlPackets.IsOneTrip(plan.Events, dialect.MaxPacketBytes))
        {
            await base.Store(plan, newTypes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        await Insert(plan.Events, cancellationToken).ConfigureAwait(false);
        await Commit(plan.Head, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask StoreUncommitted(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        if (MySqlPackets.IsOneTrip(plan.Events, dialect.MaxPacketBytes))
        {
            await base.StoreUncommitted(plan, newTypes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        await Insert(plan.Events, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<int> Insert(IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken)
    {
        var inserted = 0;
        foreach (var trip in MySqlPackets.Divide(events, dialect.MaxPacketBytes))
        {
            inserted += await base.Insert(trip, cancellationToken).ConfigureAwait(false);
        }

        return inserted;
    }

    // Names mean the journal's tables while its database is chosen; neither this nor a setting ends the caller's transaction.
    protected override async ValueTask EnterBorrowed(CancellationToken cancellationToken) => await Run(
        batch =>
        {
            Add(batch, MySqlWriteStatements.ReadSettings);
            Add(batch, MySqlWriteStatements.Savepoint);
            Add(batch, dialect.UseJournalOnCallersConnection);
        },
        async (rows, token) =>
        {
            await rows.ReadAsync(token).ConfigureAwait(false);
            (_callersDatabase, _callersSettings) = (rows.IsDBNull(0) ? null : rows.GetString(0), rows.GetString(1));
        },
        cancellationToken).ConfigureAwait(false);

    protected override ValueTask LeaveBorrowed(bool keepsWork, CancellationToken cancellationToken) => Run(
        batch =>
        {
            if (!keepsWork)
            {
                Add(batch, MySqlWriteStatements.RollbackToSavepoint);
            }

            Add(batch, MySqlWriteStatements.ReleaseSavepoint);
            Add(batch, _callersSettings);
            // A connection that had chosen no database cannot go back to none.
            if (_callersDatabase is { } database)
            {
                Add(batch, $"use `{database.Replace("`", "``", StringComparison.Ordinal)}`");
            }
        },
        null,
        cancellationToken);

    protected override ValueTask LeaveShared(CancellationToken cancellationToken) => Run(batch => Add(batch, dialect.UseJournal), null, cancellationToken);

    // By their own names the client's methods make one object less.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<DbDataReader> Execute(DbBatch batch, CancellationToken cancellationToken) =>
        await ((MySqlBatch)batch).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<DbDataReader> Execute(DbCommand command, CancellationToken cancellationToken) =>
        await ((MySqlCommand)command).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

    protected override void AddLockHead(DbBatch batch)
    {
        Add(batch, MySqlWriteStatements.LockHead);
        Add(batch, MySqlReadStatements.ReadHead);
    }

    protected override void AddReadStreamHeads(DbBatch batch, IReadOnlyList<string> streams)
    {
        if (streams.Count > MaxStreamsOfUnion)
        {
            Add(Add(batch, MySqlWriteStatements.ReadManyStreamHeads), Json(streams));
            return;
        }

        var read = Add(batch, MySqlWriteStatements.ReadStreamHeads(streams.Count));
        foreach (var stream in streams)
        {
            Add(read, stream);
        }
    }

    protected override void AddReadAppend(DbBatch batch, Guid appendId, int limit)
    {
        var read = Add(batch, MySqlReadStatements.Append);
        read.Parameters.AddWithValue("@event_id", EventRow.Bytes(appendId));
        read.Parameters.AddWithValue("@limit", limit);
    }

    protected override void AddInsertTypes(DbBatch batch, IReadOnlyList<StoredEventType> types)
    {
        foreach (var type in types)
        {
            var insert = Add(batch, MySqlWriteStatements.InsertType);
            insert.Parameters.AddWithValue("@family", type.Family);
            insert.Parameters.AddWithValue("@name", type.Name);
            insert.Parameters.AddWithValue("@schema_version", type.SchemaVersion);
            insert.Parameters.AddWithValue("@schema", type.Schema);
            insert.Parameters.AddWithValue("@template", TemplateText.Write(type.Template));
        }
    }

    protected override IReadOnlyList<DbBatchCommand> AddInsert(DbBatch batch, IReadOnlyList<PlannedEvent> events)
    {
        var first = 0;
        foreach (var count in MySqlWriteStatements.InsertSizes(events.Count))
        {
            var insert = Add(batch, MySqlWriteStatements.Insert(count));
            for (var end = first + count; first < end; first++)
            {
                EventRow.Write(events[first], value => Add(insert, value));
            }
        }

        var links = Link.Of(events);
        first = 0;
        foreach (var count in MySqlWriteStatements.InsertSizes(links.Count))
        {
            var insert = Add(batch, MySqlWriteStatements.Link(count));
            for (var end = first + count; first < end; first++)
            {
                Add(insert, links[first].Position, links[first].Cause);
            }
        }

        return [];
    }

    protected override void AddInsertRestore(DbBatch batch, RestoreRecord record) =>
        Add(Add(batch, MySqlWriteStatements.InsertRestore), record.RestoredAt, record.Source, record.LastPosition);

    // The head stands where the last event does.
    protected override void AddAdvance(DbBatch batch, JournalHead head)
    {
    }

    // Nothing is prepared, but a batch has no time-out unless it is given one.
    protected override ValueTask Prepare(DbBatch batch, CancellationToken cancellationToken)
    {
        batch.Timeout = dialect.CommandTimeoutSeconds;
        return default;
    }

    private static string Json(IReadOnlyList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static MySqlBatchCommand Add(DbBatch batch, string sql)
    {
        var command = new MySqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static void Add(MySqlBatchCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }
    }
}
