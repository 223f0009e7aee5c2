using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace Nagare.Storage;

/// <summary>The connection to MySQL that writes. A batch goes over as one text of many statements, because prepared ones cost a trip each.</summary>
internal sealed class MySqlWriteSession(MySqlDialect dialect) : ServerWriteSession(dialect)
{
    // Few enough that a statement stays small in the server's memory; more gain nothing.
    private const int MaxRowsOfInsert = 1_000;

    // The parts of a union cost more the more there are.
    private const int MaxStreamsOfUnion = 16;

    private string? _callersDatabase;
    private string _callersSettings = "";

    public override bool CanStoreAtOnce => true;

    // An insert of these servers, in strict mode, stores every row or fails: no trigger and no rule can swallow one.
    protected override bool InsertIsCounted => true;

    protected override TransactionStatements Transactions => MySqlWriteStatements.Transactions;

    public override async ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
    {
        MayHaveCommitted = false;
        if (MySqlPackets.Divide(plan.Events, dialect.MaxPacketBytes) is not [_])
        {
            return false;
        }

        MayHaveCommitted = true;
        try
        {
            await Run(
                batch =>
                {
                    Add(batch, Transactions.Begin);
                    var advance = Add(batch, MySqlWriteStatements.AdvanceHeadFrom(assumptions.MissingStreams.Count, assumptions.MissingEvents.Count));
                    Add(advance, assumptions.Head.Position, assumptions.Head.RecordedAt);
                    foreach (var stream in assumptions.MissingStreams)
                    {
                        Add(advance, stream);
                    }

                    foreach (var id in assumptions.MissingEvents)
                    {
                        Add(advance, Bytes(id));
                    }

                    Add(advance, plan.Head.Position, plan.Head.RecordedAt);
                    AddInsert(batch, plan.Events);
                    Add(batch, Transactions.Commit);
                },
                null,
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (JournalUnavailableException refusal) when (MySqlErrors.IsRefusedHead(refusal.InnerException))
        {
            // What fails ends the batch, so the commit was not reached; the transaction still holds the head.
            MayHaveCommitted = false;
            await Rollback(cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    public override async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        if (MySqlPackets.Divide(plan.Events, dialect.MaxPacketBytes) is [_])
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
        if (MySqlPackets.Divide(plan.Events, dialect.MaxPacketBytes) is [_])
        {
            await base.StoreUncommitted(plan, newTypes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        await Insert(plan.Events, cancellationToken).ConfigureAwait(false);
        await Advance(plan.Head, cancellationToken).ConfigureAwait(false);
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

    protected override void AddLockHead(DbBatch batch) => Add(batch, MySqlWriteStatements.LockHead);

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
        read.Parameters.AddWithValue("@event_id", Bytes(appendId));
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
        for (var first = 0; first < events.Count; first += MaxRowsOfInsert)
        {
            var count = Math.Min(MaxRowsOfInsert, events.Count - first);
            var insert = Add(batch, MySqlWriteStatements.Insert(count));
            for (var i = first; i < first + count; i++)
            {
                AddRow(insert, events[i]);
            }
        }

        foreach (var links in Links(events).Chunk(MaxRowsOfInsert))
        {
            var insert = Add(batch, MySqlWriteStatements.Link(links.Length));
            foreach (var (position, cause) in links)
            {
                Add(insert, position, cause);
            }
        }

        return [];
    }

    protected override void AddInsertRestore(DbBatch batch, RestoreRecord record) =>
        Add(Add(batch, MySqlWriteStatements.InsertRestore), record.RestoredAt, record.Source, record.LastPosition);

    protected override void AddAdvance(DbBatch batch, JournalHead head) => Add(Add(batch, MySqlWriteStatements.Advance), head.Position, head.RecordedAt);

    // Nothing is prepared, but a batch has no time-out unless it is given one.
    protected override ValueTask Prepare(DbBatch batch, CancellationToken cancellationToken)
    {
        batch.Timeout = dialect.CommandTimeoutSeconds;
        return default;
    }

    private static void AddRow(MySqlBatchCommand insert, PlannedEvent planned)
    {
        var e = planned.Event;
        Add(insert, planned.Position, planned.Version, planned.RecordedAt, e.OccurredAt, e.Type.SchemaVersion, Bytes(e.EventId));
        Add(insert, planned.StreamId.ToString(), e.Type.Family, e.Type.Name, e.CorrelationId, NullIfEmpty(e.CausationId), e.TraceParent, e.Actor, e.Subject);
        Add(insert, NullIfEmpty(e.Salt), e.ContentHash, NullIfEmpty(e.Metadata), e.Data);
    }

    // One cause may be given twice; it is kept once.
    private static IEnumerable<(long Position, ReadOnlyMemory<byte> Cause)> Links(IReadOnlyList<PlannedEvent> events)
    {
        foreach (var e in events)
        {
            var causes = e.Event.FurtherCauses;
            for (var i = 0; i < causes.Count; i++)
            {
                if (!causes.Take(i).Any(earlier => earlier.Span.SequenceEqual(causes[i].Span)))
                {
                    yield return (e.Position, causes[i]);
                }
            }
        }
    }

    // As bytes whatever the connection's client makes of a Guid: a caller's may be set otherwise than the journal's.
    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

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

    private static object? NullIfEmpty(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? null : bytes;

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
