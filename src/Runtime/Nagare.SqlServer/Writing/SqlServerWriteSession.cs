using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;

namespace Nagare.Storage;

/// <summary>The connection to SQL Server that writes. Rows go over as one table-valued parameter, so that one statement serves every batch.</summary>
/// <remarks>
/// A transaction that begins in one batch and ends in another is begun and ended by the client's own calls: a batch with parameters is a call
/// of a procedure, and the server reports one that leaves more or fewer transactions open than it found.
/// </remarks>
internal sealed class SqlServerWriteSession(SqlServerDialect dialect) : ServerWriteSession(dialect)
{
    // Babelfish writes the rows of a parameter into one statement, and its time grows with their square.
    private const int MaxRowsOfAnInsert = 500;

    private readonly SqlServerWriteStatements _statements = dialect.Statements.Write;
    private readonly SqlServerRow _row = new();

    public override bool CanStoreAtOnce => true;

    protected override bool InsertIsCounted => true;

    public override async ValueTask<bool> StoreAtOnce(AppendPlan plan, PlanAssumptions assumptions, CancellationToken cancellationToken)
    {
        if (plan.Events.Count > MaxRowsOfAnInsert)
        {
            return false;
        }

        MayHaveCommitted = true;
        var isStored = false;
        await Run(
            batch =>
            {
                var append = Add(batch, _statements.AppendAtOnce);
                AddEvents(append, plan.Events, Assumed(assumptions));
                append.Parameters.Add(Number("@head_position", assumptions.Head.Position));
                append.Parameters.Add(Number("@head_recorded_at", assumptions.Head.RecordedAt));
                append.Parameters.Add(Number("@position", plan.Head.Position));
                append.Parameters.Add(Number("@recorded_at", plan.Head.RecordedAt));
            },
            async (rows, token) => isStored = await rows.ReadAsync(token).ConfigureAwait(false) && rows.GetInt32(0) == 1,
            cancellationToken).ConfigureAwait(false);
        return isStored;
    }

    protected override void AddLockHead(DbBatch batch) => Add(batch, _statements.LockHead);

    protected override void AddReadStreamHeads(DbBatch batch, IReadOnlyList<string> streams) =>
        Add(batch, _statements.ReadStreamHeads).Parameters.Add(Rows(streams.Select(_row.Stream)));

    protected override void AddReadAppend(DbBatch batch, Guid appendId, int limit)
    {
        var command = Add(batch, dialect.Statements.Read.Append);
        command.Parameters.Add(new SqlParameter("@append_id", SqlDbType.Binary, SqlServerDialect.EventIdBytes) { Value = appendId.ToByteArray(bigEndian: true) });
        command.Parameters.Add(Number("@limit", limit));
    }

    protected override void AddInsertTypes(DbBatch batch, IReadOnlyList<StoredEventType> types) =>
        Add(batch, _statements.InsertTypes).Parameters.Add(Rows(types.Select(_row.TypeOf)));

    protected override IReadOnlyList<DbBatchCommand> AddInsert(DbBatch batch, IReadOnlyList<PlannedEvent> events)
    {
        for (var first = 0; first < events.Count; first += MaxRowsOfAnInsert)
        {
            AddEvents(Add(batch, _statements.InsertEvents), [.. events.Skip(first).Take(MaxRowsOfAnInsert)], []);
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

    private void AddEvents(SqlBatchCommand command, IReadOnlyList<PlannedEvent> events, IEnumerable<SqlDataRecord> assumed)
    {
        var links = events.Sum(e => e.Event.FurtherCauses.Count);
        command.Parameters.Add(Rows(events.Select(_row.Event).Concat(events.SelectMany(e => e.Event.FurtherCauses, (e, cause) => _row.Link(e.Position, cause))).Concat(assumed)));
        command.Parameters.Add(Number("@links", links));
        command.Parameters.Add(Number("@first", events[0].Position));
        command.Parameters.Add(Number("@last", events[^1].Position));
    }

    private IEnumerable<SqlDataRecord> Assumed(PlanAssumptions assumptions) =>
        assumptions.MissingStreams.Select(_row.Stream).Concat(assumptions.MissingEvents.Select(_row.Missing));

    // The client asks for one row after the other while it sends, so that one record serves all.
    private SqlParameter Rows(IEnumerable<SqlDataRecord> rows) => new("@rows", SqlDbType.Structured) { TypeName = dialect.RowsType, Value = rows };

    private static SqlBatchCommand Add(DbBatch batch, string sql)
    {
        var command = new SqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static SqlParameter Number(string name, long value) => new(name, SqlDbType.BigInt) { Value = value };
}
