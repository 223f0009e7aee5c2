using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;

namespace Nagare.Storage;

/// <summary>The connection to SQL Server that writes. A batch goes over as one value, so that one statement serves every batch.</summary>
/// <remarks>
/// A transaction that begins in one batch and ends in another is begun and ended by the client's own calls: a batch with parameters is a call
/// of a procedure, and the server reports one that leaves more or fewer transactions open than it found.
/// </remarks>
internal sealed class SqlServerWriteSession(SqlServerDialect dialect) : ServerWriteSession(dialect)
{
    // Of one statement, so that neither the client nor the server holds much more than a batch at a time.
    private const long MaxBytesOfAnInsert = 16L * 1024 * 1024;

    private readonly SqlServerWriteStatements _statements = dialect.Statements.Write;

    private readonly SqlServerSessionStatements _session = dialect.Statements.Session;
    private AppendAtOnceCommand? _appendAtOnce;
    private int _callersLockTimeout;

    public override bool CanStoreAtOnce => true;

    protected override bool InsertIsCounted => true;

    public override async ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
    {
        if (!IsOneStatement(plan) || assumptions.MissingStreams.Count > SqlServerTables.Numbers || assumptions.MissingEvents.Count > SqlServerTables.Numbers)
        {
            // More than one statement takes: asked and stored in several, which is the way of those that find the head elsewhere.
            return false;
        }

        MayHaveCommitted = true;
        var isStored = false;
        try
        {
            await RunKeptCommand(
                connection =>
                {
                    // What was prepared on a connection before went with it.
                    if (_appendAtOnce?.Connection != connection)
                    {
                        _appendAtOnce?.Dispose();
                        _appendAtOnce = new AppendAtOnceCommand(connection, _statements.AppendAtOnce);
                    }

                    return _appendAtOnce.With(plan, assumptions);
                },
                async (rows, token) => isStored = await rows.ReadAsync(token).ConfigureAwait(false) && rows.GetInt32(0) == 1,
                cancellationToken).ConfigureAwait(false);
            return isStored;
        }
        catch (KeyViolationException)
        {
            // The error ended the transaction (xact_abort).
            MayHaveCommitted = false;
            return false;
        }
        finally
        {
            _appendAtOnce?.Clear();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _appendAtOnce?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask Store(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        if (IsOneStatement(plan))
        {
            await base.Store(plan, newTypes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await InsertInChunks(plan, newTypes, cancellationToken).ConfigureAwait(false);
        await Commit(plan.Head, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask StoreUncommitted(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        if (IsOneStatement(plan))
        {
            await base.StoreUncommitted(plan, newTypes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await InsertInChunks(plan, newTypes, cancellationToken).ConfigureAwait(false);
        await Run(batch => AddAdvance(batch, plan.Head), null, cancellationToken).ConfigureAwait(false);
    }

    // As plain text: what a batch of the client sets is forgotten when the batch ends, because it is a call of a procedure.
    protected override async ValueTask EnterBorrowed(CancellationToken cancellationToken)
    {
        _callersLockTimeout = (int)(await Execute(_session.ReadLockTimeout, cancellationToken).ConfigureAwait(false))!;
        await Execute(_session.UseLockTimeout, cancellationToken).ConfigureAwait(false);
        await Execute(_session.Savepoint, cancellationToken).ConfigureAwait(false);
    }

    protected override async ValueTask LeaveBorrowed(bool keepsWork, CancellationToken cancellationToken)
    {
        if (!keepsWork)
        {
            await Execute(_session.RollbackToSavepoint, cancellationToken).ConfigureAwait(false);
        }

        await Execute(SqlServerSessionStatements.LockTimeoutOf(_callersLockTimeout), cancellationToken).ConfigureAwait(false);
    }

    protected override void AddLockHead(DbBatch batch) => Add(batch, _statements.LockHead);

    protected override void AddReadStreamHeads(DbBatch batch, IReadOnlyList<string> streams) =>
        AddList(Add(batch, _statements.ReadStreamHeads), "streams", streams.Count, SqlServerPacking.Texts(streams));

    protected override void AddReadAppend(DbBatch batch, Guid appendId, int limit)
    {
        var command = Add(batch, dialect.Statements.Read.Append);
        command.Parameters.Add(new SqlParameter("@append_id", SqlDbType.Binary, SqlServerDialect.EventIdBytes) { Value = appendId.ToByteArray(bigEndian: true) });
        command.Parameters.Add(Number("@limit", limit));
    }

    protected override void AddInsertTypes(DbBatch batch, IReadOnlyList<StoredEventType> types)
    {
        foreach (var type in types)
        {
            var insert = Add(batch, _statements.InsertType);
            insert.Parameters.Add(Id("@family", type.Family));
            insert.Parameters.Add(Id("@name", type.Name));
            insert.Parameters.Add(new SqlParameter("@schema_version", SqlDbType.Int) { Value = type.SchemaVersion });
            insert.Parameters.Add(Bytes("@schema", Encoding.UTF8.GetBytes(type.Schema)));
            insert.Parameters.Add(Bytes("@template", TemplateText.Write(type.Template) is { } template ? Encoding.UTF8.GetBytes(template) : null));
        }
    }

    protected override IReadOnlyList<DbBatchCommand> AddInsert(DbBatch batch, IReadOnlyList<PlannedEvent> events)
    {
        for (var first = 0; first < events.Count;)
        {
            var chunk = Chunk(events, first);
            AddEvents(Add(batch, _statements.InsertEvents), chunk);
            first += chunk.Count;
        }

        return [];
    }

    protected override void AddInsertRestore(DbBatch batch, RestoreRecord record)
    {
        var insert = Add(batch, _statements.InsertRestore);
        insert.Parameters.Add(Number("@restored_at", record.RestoredAt));
        insert.Parameters.Add(new SqlParameter("@source", SqlDbType.NVarChar, -1) { Value = record.Source });
        insert.Parameters.Add(Number("@last_position", record.LastPosition));
    }

    protected override void AddAdvance(DbBatch batch, JournalHead head)
    {
        var advance = Add(batch, _statements.Advance);
        advance.Parameters.Add(Number("@position", head.Position));
        advance.Parameters.Add(Number("@recorded_at", head.RecordedAt));
    }

    // Each chunk is a trip, so that the time-out of a command is the time of one chunk and not of a hundred thousand events.
    private async ValueTask InsertInChunks(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        await InsertTypes(newTypes, cancellationToken).ConfigureAwait(false);
        for (var first = 0; first < plan.Events.Count;)
        {
            var chunk = Chunk(plan.Events, first);
            await Insert(chunk, cancellationToken).ConfigureAwait(false);
            first += chunk.Count;
        }
    }

    private static bool IsOneStatement(AppendPlan plan) => Chunk(plan.Events, 0).Count == plan.Events.Count;

    // From the first on as many as one statement takes, at least one.
    private static IReadOnlyList<PlannedEvent> Chunk(IReadOnlyList<PlannedEvent> events, int first)
    {
        long bytes = 0;
        var links = 0;
        var next = first;
        for (; next < events.Count && next - first < SqlServerTables.Numbers; next++)
        {
            var e = events[next].Event;
            bytes += e.Data.Length + e.Metadata.Length;
            links += e.FurtherCauses.Count;
            if (next > first && (bytes > MaxBytesOfAnInsert || links > SqlServerTables.Numbers))
            {
                break;
            }
        }

        return first == 0 && next == events.Count ? events : [.. events.Skip(first).Take(next - first)];
    }

    private static void AddEvents(SqlBatchCommand command, IReadOnlyList<PlannedEvent> events)
    {
        AddList(command, "events", events.Count, SqlServerPacking.Events(events));
        AddList(command, "links", events.Sum(e => e.Event.FurtherCauses.Count), SqlServerPacking.Links(events));
        command.Parameters.Add(Number("@first", events[0].Position));
    }

    private static void AddList(SqlBatchCommand command, string name, int count, byte[] packed)
    {
        command.Parameters.Add(Bytes($"@{name}", packed));
        command.Parameters.Add(new SqlParameter($"@{name}_count", SqlDbType.Int) { Value = count });
    }

    private static SqlBatchCommand Add(DbBatch batch, string sql)
    {
        var command = new SqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static SqlParameter Number(string name, long value) => new(name, SqlDbType.BigInt) { Value = value };

    private static SqlParameter Id(string name, string value) => new(name, SqlDbType.VarBinary, JournalLimits.MaxIdBytes) { Value = Encoding.UTF8.GetBytes(value) };

    // Of one type whatever its length, so that the server knows the statement again.
    private static SqlParameter Bytes(string name, byte[]? value) => new(name, SqlDbType.VarBinary, -1) { Value = (object?)value ?? DBNull.Value };
}
