namespace Nagare.Storage;

/// <summary>The connection that writes. Connects at its first transaction; after a failure it connects anew, so that what was repaired is noticed.</summary>
internal sealed partial class SqliteWriteSession(SqliteJournalOptions options, string file) : WriteSession
{
    private Connected? _connected;

    private Connected Current => _connected ?? throw new InvalidOperationException("A write session begins before it writes.");

    public override ValueTask<JournalHead> Begin(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _connected ??= new Connected(options);
        if (IsOfClient)
        {
            BeginOfClient(_connected);
        }
        else
        {
            _connected.Begin.Run();
        }

        return new(_connected.Head());
    }

    public override ValueTask ReadStreamHeads(IReadOnlyList<string> streams, IDictionary<string, StreamHead> heads, CancellationToken cancellationToken)
    {
        foreach (var stream in streams)
        {
            if (Current.StreamHead(stream) is { } head)
            {
                heads[stream] = head;
            }
        }

        return default;
    }

    public override ValueTask<IReadOnlyList<StoredRow>> ReadAppend(Guid appendId, int limit, CancellationToken cancellationToken) =>
        new(Current.PositionOf(appendId) is { } first ? Current.ReadAppend(appendId, first, limit) : []);

    public override ValueTask InsertTypes(IReadOnlyList<StoredEventType> types, CancellationToken cancellationToken)
    {
        foreach (var type in types)
        {
            var insert = Current.InsertType;
            insert.Bind(1, type.Family);
            insert.Bind(2, type.Name);
            insert.Bind(3, type.SchemaVersion);
            insert.Bind(4, type.Schema);
            insert.Bind(5, TemplateText.Write(type.Template));
            insert.Run();
        }

        return default;
    }

    public override ValueTask<int> Insert(IReadOnlyList<PlannedEvent> events, CancellationToken cancellationToken)
    {
        var inserted = 0;
        try
        {
            for (var i = 0; i < events.Count; i++)
            {
                inserted += Current.Insert(events[i]);
            }
        }
        finally
        {
            Current.InsertEvent.ClearBindings();
        }

        return new(inserted);
    }

    public override ValueTask InsertRestore(RestoreRecord record, CancellationToken cancellationToken)
    {
        var insert = Current.InsertRestore;
        insert.Bind(1, record.RestoredAt);
        insert.Bind(2, record.Source);
        insert.Bind(3, record.LastPosition);
        insert.Run();
        return default;
    }

    public override ValueTask StoreTreeRows(IReadOnlyList<TreeRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _connected ??= new Connected(options);
        _connected.Begin.Run();
        foreach (var row in rows)
        {
            _connected.StoreTreeRow(row);
        }

        _connected.Commit.Run();
        return default;
    }

    public override ValueTask Commit(JournalHead head, CancellationToken cancellationToken)
    {
        Current.Commit.Run();
        return default;
    }

    public override ValueTask Rollback(CancellationToken cancellationToken)
    {
        if (_transaction is null)
        {
            Current.Rollback.Run();
        }
        else
        {
            EndOfClient();
        }

        return default;
    }

    public override ValueTask Reset() => DisposeAsync();

    public override ValueTask DisposeAsync()
    {
        _transaction = null;
        _connected?.Dispose();
        _connected = null;
        return default;
    }

    // A connection with its statements, all prepared when it opens.
    private sealed class Connected : IDisposable
    {
        private readonly List<SqliteStatement> _statements = [];
        private readonly Utf8Interner _texts = new();
        private readonly SqliteStatement _readHead;
        private readonly SqliteStatement _readStreamHead;
        private readonly SqliteStatement _findEventId;
        private readonly SqliteStatement _readJournal;
        private readonly SqliteStatement _insertLink;
        private SqliteStatement? _storeTreeRow;

        public Connected(SqliteJournalOptions options)
            : this(SqliteDatabase.Connect(options, mayCreate: false)) => LimitFile(options.MaxFileBytes);

        public Connected(SqliteDatabase database)
        {
            Database = database;
            try
            {
                SqliteSchema.CheckFormat(Database);
                Begin = Prepare(SqliteWriteStatements.Begin);
                TakeLock = Prepare(SqliteWriteStatements.TakeLock);
                _readHead = Prepare(SqliteWriteStatements.ReadHead);
                _readStreamHead = Prepare(SqliteWriteStatements.ReadStreamHead);
                _findEventId = Prepare(SqliteWriteStatements.FindEventId);
                _readJournal = Prepare(SqliteReadStatements.JournalForwards);
                InsertType = Prepare(SqliteWriteStatements.InsertType);
                InsertEvent = Prepare(SqliteWriteStatements.InsertEvent);
                _insertLink = Prepare(SqliteWriteStatements.InsertLink);
                InsertRestore = Prepare(SqliteWriteStatements.InsertRestore);
                Commit = Prepare(SqliteWriteStatements.Commit);
                Rollback = Prepare(SqliteWriteStatements.Rollback);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public SqliteDatabase Database { get; }

        public SqliteStatement Begin { get; }

        public SqliteStatement TakeLock { get; }

        public SqliteStatement InsertType { get; }

        public SqliteStatement InsertEvent { get; }

        public SqliteStatement InsertRestore { get; }

        public SqliteStatement Commit { get; }

        public SqliteStatement Rollback { get; }

        public JournalHead Head()
        {
            try
            {
                return _readHead.Step() ? new JournalHead(_readHead.Int64(0), _readHead.Int64(1)) : default;
            }
            finally
            {
                _readHead.Reset();
            }
        }

        public StreamHead? StreamHead(string stream)
        {
            _readStreamHead.Bind(1, stream);
            try
            {
                return _readStreamHead.Step() ? new StreamHead(_readStreamHead.Int64(0), _texts.Get(_readStreamHead.Bytes(1))) : null;
            }
            finally
            {
                _readStreamHead.Reset();
            }
        }

        public long? PositionOf(Guid eventId)
        {
            _findEventId.Bind(1, eventId);
            try
            {
                return _findEventId.Step() ? _findEventId.Int64(0) : null;
            }
            finally
            {
                _findEventId.Reset();
            }
        }

        // An append's events have consecutive positions as they have consecutive ids.
        public IReadOnlyList<StoredRow> ReadAppend(Guid appendId, long first, int limit)
        {
            var rows = new List<StoredRow>();
            _readJournal.Bind(2, first - 1);
            _readJournal.Bind(3, long.MaxValue);
            _readJournal.Bind(4, limit);
            try
            {
                while (_readJournal.Step() && SqliteEventRow.ReadFull(_readJournal, _texts) is var row && row.EventId == EventIds.At(appendId, rows.Count))
                {
                    rows.Add(row.ToRow());
                }
            }
            finally
            {
                _readJournal.Reset();
            }

            return rows;
        }

        public int Insert(PlannedEvent planned)
        {
            var e = planned.Event;
            var insert = InsertEvent;
            insert.Bind(1, planned.Position);
            insert.Bind(2, planned.StreamId.ToString());
            insert.Bind(3, planned.Version);
            insert.Bind(4, e.EventId);
            insert.Bind(5, e.Type.Family);
            insert.Bind(6, e.Type.Name);
            insert.Bind(7, e.Type.SchemaVersion);
            insert.Bind(8, planned.RecordedAt);
            insert.Bind(9, e.OccurredAt);
            insert.Bind(10, e.CorrelationId);
            insert.BindOptional(11, e.CausationId.Span);
            insert.Bind(12, e.TraceParent);
            insert.Bind(13, e.Actor);
            insert.Bind(14, e.Subject);
            insert.BindOptional(15, e.Salt.Span);
            insert.Bind(16, e.ContentHash.Span);
            insert.BindOptional(17, e.Metadata.Span);
            insert.Bind(18, e.Data.Span);
            insert.Run();
            var inserted = Database.ChangedRows;
            foreach (var cause in e.FurtherCauses)
            {
                _insertLink.Bind(1, planned.Position);
                _insertLink.Bind(2, cause.Span);
                _insertLink.Run();
            }

            return inserted;
        }

        // Prepared where it is needed: who writes events never stores a row of the tree.
        public void StoreTreeRow(TreeRow row)
        {
            var store = _storeTreeRow ??= Prepare(SqliteWriteStatements.StoreTreeRow);
            store.Bind(1, (long)row.Tree);
            store.Bind(2, (long)row.Level);
            store.Bind(3, row.Index);
            store.Bind(4, row.Bytes.Span);
            store.Run();
        }

        public void Dispose()
        {
            foreach (var statement in _statements)
            {
                statement.Dispose();
            }

            Database.Dispose();
        }

        private void LimitFile(long? maxBytes)
        {
            if (maxBytes is { } bytes)
            {
                var pages = Math.Max(1, bytes / Database.QueryNumber("pragma page_size")!.Value);
                Database.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pragma max_page_count = {pages}"));
            }
        }

        private SqliteStatement Prepare(string sql)
        {
            var statement = new SqliteStatement(Database, sql);
            _statements.Add(statement);
            return statement;
        }
    }
}
