using System.Data.Common;

namespace Nagare.Storage;

/// <summary>Looks at a journal on a server: whether it can be reached, is fit, complete, writable and durable, and whether its events are as they were left.</summary>
internal sealed class ServerExamination(ServerDialect dialect, int connections, TimeProvider clock)
{
    private readonly List<JournalFinding> _findings = [];

    public async ValueTask<IReadOnlyList<JournalFinding>> Run(ExaminationDepth depth, CancellationToken cancellationToken)
    {
        DbConnection connection;
        try
        {
            connection = await dialect.Connect(ServerConnectionUse.Schema, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            return [CommonFindings.Unreachable(ServerErrors.ForReader(dialect, failure).Message)];
        }

        await using (connection.ConfigureAwait(false))
        {
            await Try(() => CheckServer(connection, cancellationToken)).ConfigureAwait(false);
            var isComplete = false;
            await Try(async () => isComplete = await CheckSchema(connection, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            await Try(async () => _findings.AddRange(await dialect.Examine(connection, depth, connections, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
            if (isComplete && depth != ExaminationDepth.Settings)
            {
                await Try(async () => _findings.AddRange(await CheckEvents(connection, depth == ExaminationDepth.Full, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
            }
        }

        return _findings;
    }

    private async ValueTask CheckServer(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await dialect.CheckServer(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException unfit)
        {
            _findings.Add(CommonFindings.Unfit(unfit.Message));
        }
    }

    // Whether the events can be asked.
    private async ValueTask<bool> CheckSchema(DbConnection connection, CancellationToken cancellationToken)
    {
        var schema = new ServerSchema(dialect);
        try
        {
            await schema.CheckFormat(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalSchemaException wrong)
        {
            _findings.Add(CommonFindings.WrongSchema(wrong.Message));
            return false;
        }

        var missing = await schema.ReadMissing(connection, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            _findings.Add(CommonFindings.IncompleteSchema(dialect.Place, missing));
        }

        return !missing.Contains("nagare_events") && !missing.Contains("nagare_head");
    }

    private async ValueTask<IReadOnlyList<JournalFinding>> CheckEvents(DbConnection connection, bool isFull, CancellationToken cancellationToken)
    {
        var hasHead = (await Query(connection, dialect.ReadHead, cancellationToken).ConfigureAwait(false)).Count > 0;
        if (!hasHead)
        {
            _findings.Add(CommonFindings.NoHead(dialect.Place));
        }

        var events = new EventExamination(dialect.Place, (sql, token) => Query(connection, sql, token), clock, dialect.EventsTable);
        return await events.Run(hasHead ? ReadHead : null, isFull, cancellationToken).ConfigureAwait(false);

        async ValueTask<long> ReadHead(CancellationToken token) => await Query(connection, dialect.ReadHead, token).ConfigureAwait(false) is [[long position, ..]] ? position : 0;
    }

    // What one question fails on must not keep the others from being asked.
    private async ValueTask Try(Func<ValueTask> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            _findings.Add(CommonFindings.Refused(ServerErrors.ForReader(dialect, failure).Message));
        }
    }

    internal static async ValueTask<IReadOnlyList<object?[]>> Query(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<object?[]>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var row = new object?[reader.FieldCount];
                    for (var i = 0; i < row.Length; i++)
                    {
                        row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                    }

                    rows.Add(row);
                }

                return rows;
            }
        }
    }
}
