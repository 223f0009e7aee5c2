using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nagare.Benchmarks.Events;
using Nagare.Storage;
using SQLitePCL;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>The raw technique: the journal's own columns, indexes and content hash, written by calls of the engine and nothing else.</summary>
/// <remarks>
/// No queue, no version check, no append ids, no triggers: what a program would do that only wants its rows in. One statement, prepared
/// once, its parameters bound by ordinal. It is the fastest way to these rows that we know, faster than the database client's commands.
/// </remarks>
internal sealed class RawJournal : IDisposable
{
    private const string InsertSql = """
        insert into nagare_events (
            position, stream_id, version, event_id, family, type, schema_version, recorded_at, occurred_at,
            correlation_id, causation_id, traceparent, actor, subject, salt, content_hash, metadata, data)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """;

    private const string InsertLinkSql = """
        insert into nagare_links (event_position, cause) values (?1, ?2)
        """;

    private const string PageSql = """
        select version, type, data from nagare_events where stream_id = ?1 and version > ?2 order by version limit ?3
        """;

    private const int PageEvents = 1_000;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _engine;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _insertLink;
    private readonly sqlite3_stmt _page;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly MemoryStream _payload = new();
    private readonly Utf8JsonWriter _writer;

    public RawJournal(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        _engine = _connection.Handle!;
        Run("pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=60000");
        _insert = Prepare(InsertSql);
        _insertLink = Prepare(InsertLinkSql);
        _page = Prepare(PageSql);
        _begin = Prepare("begin immediate");
        _commit = Prepare("commit");
        _writer = new Utf8JsonWriter(_payload);
    }

    public void Begin() => Step(_begin);

    public void Commit() => Step(_commit);

    /// <summary>Serializes, hashes and inserts one event; alone it is a transaction of its own. Without a position the engine gives the next.</summary>
    public void Insert(BenchEvent.ToolReturned e, string stream, long version, long? position)
    {
        _payload.SetLength(0);
        _writer.Reset(_payload);
        JsonSerializer.Serialize(_writer, e, BenchJson.Default.ToolReturned);
        _writer.Flush();
        var data = _payload.GetBuffer().AsSpan(0, (int)_payload.Length);

        Span<byte> salt = stackalloc byte[ContentHash.SaltBytes];
        Span<byte> hash = stackalloc byte[ContentHash.HashBytes];
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(salt);
        var eventId = Guid.CreateVersion7();
        eventId.TryWriteBytes(id, bigEndian: true, out _);
        var now = UnixMicroseconds.FromInstant(TimeProvider.System.GetUtcNow());
        ContentHash.Compute(
            new StoredEvent
            {
                Position = 0,
                StreamId = stream,
                Version = version,
                EventId = eventId,
                Family = "bench",
                Type = "tool-returned",
                SchemaVersion = 1,
                Data = data,
                RecordedAt = now,
                Salt = salt,
                CorrelationId = stream,
                Actor = "agent:bench",
            },
            hash);

        if (position is { } place)
        {
            raw.sqlite3_bind_int64(_insert, 1, place);
        }
        else
        {
            raw.sqlite3_bind_null(_insert, 1);
        }

        BindText(2, stream);
        raw.sqlite3_bind_int64(_insert, 3, version);
        raw.sqlite3_bind_blob(_insert, 4, id);
        raw.sqlite3_bind_text(_insert, 5, "bench"u8);
        raw.sqlite3_bind_text(_insert, 6, "tool-returned"u8);
        raw.sqlite3_bind_int64(_insert, 7, 1);
        raw.sqlite3_bind_int64(_insert, 8, now);
        raw.sqlite3_bind_null(_insert, 9);
        BindText(10, stream);
        raw.sqlite3_bind_null(_insert, 11);
        raw.sqlite3_bind_null(_insert, 12);
        raw.sqlite3_bind_text(_insert, 13, "agent:bench"u8);
        raw.sqlite3_bind_null(_insert, 14);
        raw.sqlite3_bind_blob(_insert, 15, salt);
        raw.sqlite3_bind_blob(_insert, 16, hash);
        raw.sqlite3_bind_null(_insert, 17);
        raw.sqlite3_bind_blob(_insert, 18, data);
        Step(_insert);
    }

    /// <summary>Hashes and inserts a row as it is, and the links to its further causes.</summary>
    public void Insert(StoredRow row)
    {
        Span<byte> hash = stackalloc byte[ContentHash.HashBytes];
        Span<byte> id = stackalloc byte[16];
        row.EventId.TryWriteBytes(id, bigEndian: true, out _);
        ContentHash.Compute(row.AsStoredEvent(), hash);

        raw.sqlite3_bind_int64(_insert, 1, row.Position);
        BindText(2, row.StreamId);
        raw.sqlite3_bind_int64(_insert, 3, row.Version);
        raw.sqlite3_bind_blob(_insert, 4, id);
        BindText(5, row.Family);
        BindText(6, row.Type);
        raw.sqlite3_bind_int64(_insert, 7, row.SchemaVersion);
        raw.sqlite3_bind_int64(_insert, 8, row.RecordedAt);
        if (row.OccurredAt is { } occurredAt)
        {
            raw.sqlite3_bind_int64(_insert, 9, occurredAt);
        }
        else
        {
            raw.sqlite3_bind_null(_insert, 9);
        }

        BindOptional(10, row.CorrelationId);
        BindOptional(11, row.CausationId.Span);
        BindOptional(12, row.TraceParent);
        BindOptional(13, row.Actor);
        BindOptional(14, row.Subject);
        raw.sqlite3_bind_blob(_insert, 15, row.Salt.Span);
        raw.sqlite3_bind_blob(_insert, 16, hash);
        BindOptional(17, row.Metadata.Span);
        raw.sqlite3_bind_blob(_insert, 18, row.Data.Span);
        Step(_insert);
        InsertLinks(row);
    }

    /// <summary>Reads a stream in pages, deserializes each payload from the column's own bytes and folds it. Returns how many there were.</summary>
    public long Replay(string stream)
    {
        var totals = BenchTotals.Initial;
        long last = 0;
        int read;
        do
        {
            read = 0;
            BindText(_page, 1, stream);
            raw.sqlite3_bind_int64(_page, 2, last);
            raw.sqlite3_bind_int(_page, 3, PageEvents);
            while (raw.sqlite3_step(_page) == raw.SQLITE_ROW)
            {
                last = raw.sqlite3_column_int64(_page, 0);
                if (!raw.sqlite3_column_blob(_page, 1).SequenceEqual("tool-returned"u8))
                {
                    throw new InvalidOperationException("The stream holds another event.");
                }

                totals = BenchTotals.Evolve(totals, JsonSerializer.Deserialize(raw.sqlite3_column_blob(_page, 2), BenchJson.Default.ToolReturned)!);
                read++;
            }

            raw.sqlite3_reset(_page);
        }
        while (read == PageEvents);
        return totals.Calls;
    }

    public long LastPosition()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "select coalesce(max(position), 0) from nagare_events";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _insertLink, _page, _begin, _commit })
        {
            statement.Dispose();
        }

        _connection.Dispose();
        _writer.Dispose();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_engine, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }
    }

    private void InsertLinks(StoredRow row)
    {
        foreach (var cause in StoredMetadata.FromBytes(row.Metadata.Span).FurtherCauses)
        {
            raw.sqlite3_bind_int64(_insertLink, 1, row.Position);
            raw.sqlite3_bind_blob(_insertLink, 2, cause.ToBytes());
            Step(_insertLink);
        }
    }

    private void BindOptional(int parameter, string? text)
    {
        if (text is null)
        {
            raw.sqlite3_bind_null(_insert, parameter);
        }
        else
        {
            BindText(parameter, text);
        }
    }

    private void BindOptional(int parameter, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            raw.sqlite3_bind_null(_insert, parameter);
        }
        else
        {
            raw.sqlite3_bind_blob(_insert, parameter, bytes);
        }
    }

    private void BindText(int parameter, string text) => BindText(_insert, parameter, text);

    private static void BindText(sqlite3_stmt statement, int parameter, string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        raw.sqlite3_bind_text(statement, parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite says {code}: {raw.sqlite3_errmsg(_engine).utf8_to_string()}");
        }
    }
}
