namespace Nagare.Storage;

/// <summary>The connection that keeps snapshots: without a flush, because what is lost of them is folded again.</summary>
internal sealed class SqliteSnapshotSession(SqliteJournalOptions options) : SnapshotSession
{
    public const string WriteSnapshot = """
        insert or replace into nagare_snapshots (stream_id, aggregate, version, position, recorded_at, event_id, schema_hash, checksum, data)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private SqliteDatabase? _database;
    private SqliteStatement? _write;

    public override async ValueTask Write(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var write = Connected();
            write.Bind(1, snapshot.StreamId);
            write.Bind(2, snapshot.Aggregate);
            write.Bind(3, snapshot.Version);
            write.Bind(4, snapshot.Position);
            write.Bind(5, snapshot.RecordedAt);
            write.Bind(6, snapshot.EventId);
            write.Bind(7, snapshot.SchemaHash.Span);
            write.Bind(8, snapshot.Checksum.Span);
            write.Bind(9, snapshot.Data.Span);
            write.Run();
            write.ClearBindings();
        }
        catch
        {
            // A connection that failed once is not trusted again: the next snapshot connects anew.
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _write?.Dispose();
        _database?.Dispose();
        (_write, _database) = (null, null);
        return default;
    }

    private SqliteStatement Connected()
    {
        if (_write is null)
        {
            _database = SqliteDatabase.Connect(options, mayCreate: false);
            // Under a write-ahead log this loses the newest commits in a loss of power, and never the file.
            _database.Execute("pragma synchronous = normal");
            _write = new SqliteStatement(_database, WriteSnapshot);
        }

        return _write;
    }
}
