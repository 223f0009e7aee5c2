using System.Data.Common;

namespace Nagare.Storage;

/// <summary>A connection to a server that reads, with its statements kept prepared. Holds no transaction between calls.</summary>
internal sealed class ServerReadSession(ServerDialect dialect, ReadConnections connections) : ReadSession
{
    // A query that asks for more is answered page by page: a reader that has enough would otherwise wait for all the rest to come over the
    // network, and pages of this size are the fastest measured.
    private const int MaxPageRows = 1_000;

    private readonly Dictionary<(StoredPath, ReadDirection, StoredDetail), DbCommand> _commands = [];
    private readonly ServerEventRow _row = new(dialect);
    private DbConnection? _connection;

    public override async ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            var page = query with { Limit = Math.Min(query.Limit - count, MaxPageRows) };
            var (rows, wantsMore) = await Run(static (session, state, token) => session.ReadPage(state.page, state.sink, token), (page, sink), cancellationToken).ConfigureAwait(false);
            count += rows;
            if (!wantsMore || rows < page.Limit || count == query.Limit || query.Path == StoredPath.EventId)
            {
                return count;
            }

            query = After(query, _row.Key, _row.Occurred);
        }
    }

    public override async ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken)
    {
        var heads = await Run(
            static (session, _, token) => session.Query(session.Dialect.ReadHead, static row => new JournalHead(row.GetInt64(0), row.GetInt64(1)), token),
            0,
            cancellationToken).ConfigureAwait(false);
        return heads is [var head]
            ? head
            : throw new JournalSchemaException($"The journal in {dialect.Place} has {heads.Count} heads, where one belongs: nagare_head was changed. Restore it from an export or a backup.");
    }

    public override async ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => await Run(
        static (session, _, token) => session.Query(session.Dialect.ReadTypes, session.ReadType, token),
        0,
        cancellationToken).ConfigureAwait(false);

    public override async ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => await Run(
        static (session, _, token) => session.Query(session.Dialect.ReadRestores, static row => new RestoreRecord(row.GetInt64(0), row.GetString(1), row.GetInt64(2)), token),
        0,
        cancellationToken).ConfigureAwait(false);

    public override async ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken) => await Run(
        static (session, asked, token) => session.Query(
            session.Dialect.ReadTreeRows,
            row => new TreeRow(asked.tree, asked.level, row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            token,
            ("@tree", (int)asked.tree),
            ("@level", asked.level),
            ("@first", asked.firstIndex),
            ("@limit", asked.limit)),
        (tree, level, firstIndex, limit),
        cancellationToken).ConfigureAwait(false);

    public override async ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken)
    {
        var last = await Run(
            static (session, asked, token) => session.Query(
                session.Dialect.ReadLastTreeIndex,
                static row => row.IsDBNull(0) ? -1 : row.GetInt64(0),
                token,
                ("@tree", (int)asked.tree),
                ("@level", asked.level)),
            (tree, level),
            cancellationToken).ConfigureAwait(false);
        return last[0] + 1;
    }

    public override async ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => await Run(
        static (session, key, token) => session.ReadSnapshot(key, token),
        (stream, aggregate),
        cancellationToken).ConfigureAwait(false);

    /// <summary>Connects now rather than at the first call, so that who opens a session hears what is wrong.</summary>
    public async ValueTask Connect(CancellationToken cancellationToken) => _connection ??= await connections.Connect(cancellationToken).ConfigureAwait(false);

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }

        _commands.Clear();
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ServerDialect Dialect => dialect;

    private StoredEventType ReadType(DbDataReader row) => new(
        dialect.ReadLongText(row, 0), dialect.ReadLongText(row, 1), row.GetInt32(2), dialect.ReadLongText(row, 3), TemplateText.Read(row.IsDBNull(4) ? null : dialect.ReadLongText(row, 4)));

    private static StoredQuery After(StoredQuery query, long key, long occurred) => (query.Path, query.Direction) switch
    {
        (StoredPath.Occurred, ReadDirection.Forwards) => query with { AfterOccurred = occurred, After = key },
        // The upper bound is inclusive, so the next page ends one position earlier.
        (StoredPath.Occurred, _) => query with { UntilOccurred = occurred, Until = key - 1 },
        (_, ReadDirection.Forwards) => query with { After = key },
        (_, _) => query with { Until = key - 1 },
    };

    private async ValueTask<(int Rows, bool WantsMore)> ReadPage(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var command = await Prepared(query, cancellationToken).ConfigureAwait(false);
        dialect.Bind(command, query);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = 0;
            var wantsMore = true;
            while (wantsMore && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows++;
                HasGiven = true;
                wantsMore = _row.Give(reader, query.Path, query.Detail, sink);
            }

            _row.Shrink();
            return (rows, wantsMore);
        }
    }

    private async ValueTask<FoundSnapshot?> ReadSnapshot((string Stream, string Aggregate) key, CancellationToken cancellationToken)
    {
        var command = dialect.CreateReadSnapshot(_connection!, key.Stream, key.Aggregate);
        await using (command.ConfigureAwait(false))
        {
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                var snapshot = new StoredSnapshot
                {
                    StreamId = key.Stream,
                    Aggregate = key.Aggregate,
                    Version = row.GetInt64(0),
                    Position = row.GetInt64(1),
                    RecordedAt = row.GetInt64(2),
                    EventId = dialect.ReadEventId(row, 3),
                    SchemaHash = row.GetFieldValue<byte[]>(4),
                    Checksum = row.GetFieldValue<byte[]>(5),
                    Data = row.GetFieldValue<byte[]>(6),
                };
                return new FoundSnapshot(snapshot, row.IsDBNull(7) ? null : dialect.ReadEventId(row, 7));
            }
        }
    }

    private async ValueTask<DbCommand> Prepared(StoredQuery query, CancellationToken cancellationToken)
    {
        var key = (query.Path, query.Direction, query.Detail);
        if (!_commands.TryGetValue(key, out var command))
        {
            command = dialect.CreateRead(_connection!, query.Path, query.Direction, query.Detail);
            _commands.Add(key, command);
            await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }

        return command;
    }

    private async ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        var command = _connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var list = new List<T>();
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    list.Add(read(rows));
                }

                return list;
            }
        }
    }

    // Whether the sink took anything in the call that runs: then it is too late to begin again.
    private bool HasGiven { get; set; }

    // A connection that lay idle may have died meanwhile, by a restart of the server as a rule: that is nobody's failure, and a new one is taken once.
    // Any other failure ends the session: what a client leaves behind after one, half-read rows for instance, is not to be guessed.
    private async ValueTask<T> Run<TState, T>(Func<ServerReadSession, TState, CancellationToken, ValueTask<T>> read, TState state, CancellationToken cancellationToken)
    {
        HasGiven = false;
        var isReused = _connection is not null;
        while (true)
        {
            try
            {
                await Connect(cancellationToken).ConfigureAwait(false);
                return await read(this, state, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (ServerErrors.IsOfClient(failure) && isReused && !HasGiven && ServerErrors.IsTransient(dialect, failure))
            {
                isReused = false;
                await DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                IsBroken = true;
                if (ServerErrors.IsOfClient(failure))
                {
                    // A token that was cancelled comes as the database's answer to it from some clients.
                    cancellationToken.ThrowIfCancellationRequested();
                    throw ServerErrors.ForReader(dialect, failure);
                }

                throw;
            }
        }
    }
}
