namespace Nagare.Storage;

/// <summary>A connection that reads. Each call reads synchronously on its caller's thread and ends its read transaction.</summary>
internal sealed class SqliteReadSession : ReadSession
{
    private readonly SqliteDatabase _database;
    private readonly Utf8Interner _texts = new();
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteReadSession(SqliteJournalOptions options)
    {
        _database = SqliteDatabase.Connect(options, mayCreate: false);
        try
        {
            _database.Execute("pragma query_only = on");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public override ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var rows = Prepared(SqliteReadStatements.For(query.Path, query.Direction, query.Detail));
        try
        {
            Bind(rows, query);
            return new(query.Detail == StoredDetail.Fold ? Fold(rows, sink, cancellationToken) : ReadAll(rows, sink, cancellationToken));
        }
        catch (JournalException)
        {
            IsBroken = true;
            throw;
        }
        finally
        {
            rows.Reset();
        }
    }

    public override ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => new(Guarded(() =>
    {
        var row = Prepared(SqliteWriteStatements.ReadHead);
        try
        {
            return row.Step() ? new JournalHead(row.Int64(0), row.Int64(1)) : default;
        }
        finally
        {
            row.Reset();
        }
    }));

    public override ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => new(Guarded<IReadOnlyList<StoredEventType>>(() =>
    {
        using var row = new SqliteStatement(_database, SqliteReadStatements.ReadTypes);
        var types = new List<StoredEventType>();
        while (row.Step())
        {
            types.Add(new StoredEventType(row.Text(0)!, row.Text(1)!, (int)row.Int64(2), row.Text(3)!, TemplateText.Read(row.Text(4))));
        }

        return types;
    }));

    public override ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => new(Guarded<IReadOnlyList<RestoreRecord>>(() =>
    {
        using var row = new SqliteStatement(_database, SqliteReadStatements.ReadRestores);
        var restores = new List<RestoreRecord>();
        while (row.Step())
        {
            restores.Add(new RestoreRecord(row.Int64(0), row.Text(1)!, row.Int64(2)));
        }

        return restores;
    }));

    public override ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken) => new(Guarded<IReadOnlyList<TreeRow>>(() =>
    {
        var row = Prepared(SqliteReadStatements.ReadTreeRows);
        try
        {
            row.Bind(1, (long)tree);
            row.Bind(2, (long)level);
            row.Bind(3, firstIndex);
            row.Bind(4, (long)limit);
            var rows = new List<TreeRow>();
            while (row.Step())
            {
                rows.Add(new TreeRow(tree, level, row.Int64(0), row.Bytes(1).ToArray()));
            }

            return rows;
        }
        finally
        {
            row.Reset();
        }
    }));

    public override ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken) => new(Guarded(() =>
    {
        var row = Prepared(SqliteReadStatements.ReadLastTreeIndex);
        try
        {
            row.Bind(1, (long)tree);
            row.Bind(2, (long)level);
            return row.Step() ? row.Int64(0) + 1 : 0;
        }
        finally
        {
            row.Reset();
        }
    }));

    public override ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => new(Guarded(() =>
    {
        var row = Prepared(SqliteReadStatements.ReadSnapshot);
        row.Bind(1, stream);
        row.Bind(2, aggregate);
        try
        {
            if (!row.Step())
            {
                return null;
            }

            var snapshot = new StoredSnapshot
            {
                StreamId = stream,
                Aggregate = aggregate,
                Version = row.Int64(0),
                Position = row.Int64(1),
                RecordedAt = row.Int64(2),
                EventId = Id(row.Bytes(3)) ?? Guid.Empty,
                SchemaHash = row.Bytes(4).ToArray(),
                Checksum = row.Bytes(5).ToArray(),
                Data = row.Bytes(6).ToArray(),
            };
            return new FoundSnapshot(snapshot, Id(row.Bytes(7)));
        }
        finally
        {
            row.Reset();
        }
    }));

    /// <summary>How SQLite would run a query: the lines of its plan. For tests, which ask the very connection that reads.</summary>
    internal IReadOnlyList<string> Explain(StoredQuery query)
    {
        using var plan = new SqliteStatement(_database, "explain query plan " + SqliteReadStatements.For(query.Path, query.Direction, query.Detail));
        Bind(plan, query);
        var lines = new List<string>();
        while (plan.Step())
        {
            lines.Add(plan.Text(3)!);
        }

        return lines;
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _database.Dispose();
        return default;
    }

    // Anybody may write a snapshot, so what stands there need not be an id.
    private static Guid? Id(ReadOnlySpan<byte> bytes) => bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : null;

    private int Fold(SqliteStatement rows, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var count = 0;
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            if (!sink.Accept(SqliteEventRow.ReadFold(rows, _texts)))
            {
                break;
            }
        }

        return count;
    }

    private int ReadAll(SqliteStatement rows, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        var count = 0;
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            if (!sink.Accept(SqliteEventRow.ReadFull(rows, _texts)))
            {
                break;
            }
        }

        return count;
    }

    private static void Bind(SqliteStatement statement, StoredQuery query)
    {
        switch (query.Path)
        {
            case StoredPath.Stream or StoredPath.Correlation or StoredPath.Subject:
                statement.Bind(1, query.Key);
                break;
            case StoredPath.Cause:
                statement.Bind(1, query.KeyBytes.Span);
                break;
            case StoredPath.EventId:
                statement.Bind(1, query.KeyBytes.Span);
                return;
            case StoredPath.Occurred:
                statement.Bind(5, query.AfterOccurred);
                statement.Bind(6, query.UntilOccurred);
                break;
            case StoredPath.Journal:
                break;
        }

        statement.Bind(2, query.After);
        statement.Bind(3, query.Until);
        statement.Bind(4, query.Limit);
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = Guarded(() => new SqliteStatement(_database, sql));
            _statements.Add(sql, statement);
        }

        return statement;
    }

    // A connection that failed once is not trusted again: the pool opens another.
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JournalException)
        {
            IsBroken = true;
            throw;
        }
    }
}
