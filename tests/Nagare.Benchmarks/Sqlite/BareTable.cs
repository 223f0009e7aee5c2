using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nagare.Benchmarks.Events;
using SQLitePCL;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>The least a store of streams can be: a position, a stream, a version and the payload. Shown beside the journal, never a gate.</summary>
internal sealed class BareTable : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly MemoryStream _payload = new();
    private readonly Utf8JsonWriter _writer;

    public BareTable(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText = """
            pragma journal_mode=wal; pragma synchronous=full;
            create table bare_events (position integer primary key, stream_id text not null, version integer not null, type text not null, recorded_at integer not null, data blob not null);
            create unique index bare_events_stream on bare_events (stream_id, version);
            """;
        create.ExecuteNonQuery();
        raw.sqlite3_prepare_v3(_connection.Handle!, "insert into bare_events (stream_id, version, type, recorded_at, data) values (?1, ?2, ?3, ?4, ?5)", raw.SQLITE_PREPARE_PERSISTENT, out _insert);
        raw.sqlite3_prepare_v3(_connection.Handle!, "begin immediate", raw.SQLITE_PREPARE_PERSISTENT, out _begin);
        raw.sqlite3_prepare_v3(_connection.Handle!, "commit", raw.SQLITE_PREPARE_PERSISTENT, out _commit);
        _writer = new Utf8JsonWriter(_payload);
    }

    public void Begin() => Step(_begin);

    public void Commit() => Step(_commit);

    public void Insert(BenchEvent.ToolReturned e, string stream, long version)
    {
        _payload.SetLength(0);
        _writer.Reset(_payload);
        JsonSerializer.Serialize(_writer, e, BenchJson.Default.ToolReturned);
        _writer.Flush();
        Span<byte> id = stackalloc byte[256];
        raw.sqlite3_bind_text(_insert, 1, id[..Encoding.UTF8.GetBytes(stream, id)]);
        raw.sqlite3_bind_int64(_insert, 2, version);
        raw.sqlite3_bind_text(_insert, 3, "tool-returned"u8);
        raw.sqlite3_bind_int64(_insert, 4, TimeProvider.System.GetTimestamp());
        raw.sqlite3_bind_blob(_insert, 5, _payload.GetBuffer().AsSpan(0, (int)_payload.Length));
        Step(_insert);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
        _writer.Dispose();
    }

    private static void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException($"SQLite says {code}.");
        }
    }
}
