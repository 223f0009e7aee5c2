using System.Data;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Servers.SqlServer;

/// <summary>A fast way to these rows on SQL Server: prepared inserts of one row and of many, no transaction around them, texts as the bytes of their UTF-8.</summary>
internal sealed class RawSqlServer : IRawJournal
{
    // The columns in the order of the insert, with the type and size that a prepared statement has to be told.
    private static readonly (SqlDbType Type, int Size)[] Columns =
    [
        (SqlDbType.BigInt, 0), (SqlDbType.BigInt, 0), (SqlDbType.BigInt, 0), (SqlDbType.Int, 0), (SqlDbType.Binary, 16), (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, 255),
        (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, 255), (SqlDbType.VarBinary, -1),
    ];

    private static readonly byte[] Family = Encoding.UTF8.GetBytes(RawEvent.Family);
    private static readonly byte[] Type = Encoding.UTF8.GetBytes(RawEvent.Type);
    private static readonly byte[] Actor = Encoding.UTF8.GetBytes(RawEvent.Actor);

    private static long _position;

    private readonly SqlConnection _connection;
    private SqlTransaction? _transaction;
    private readonly string _schema;
    private readonly SqlCommand _page;

    // A statement for each size that occurs.
    private readonly Dictionary<int, SqlCommand> _inserts = [];

    private RawSqlServer(SqlConnection connection, string schema)
    {
        _connection = connection;
        _schema = schema;
        _page = new SqlCommand($"select top ({RawReplay.PageEvents}) version, type, data from [{schema}].nagare_events where stream_id = @stream and version > @after order by version", connection);
        _page.Parameters.Add("@stream", SqlDbType.VarBinary, 255);
        _page.Parameters.Add("@after", SqlDbType.BigInt);
    }

    public static async Task<RawSqlServer> Connect(string connectionString, string schema)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var journal = new RawSqlServer(connection, schema);
        await journal._page.PrepareAsync();
        return journal;
    }

    public Task Insert(RawEvent e) => InsertBatch([e]);

    public async Task InsertInTransaction(RawEvent e)
    {
        await using var transaction = (SqlTransaction)await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        _transaction = transaction;
        await Insert(e);
        await transaction.CommitAsync();
        _transaction = null;
    }

    public async Task InsertBatch(IReadOnlyList<RawEvent> events)
    {
        if (!_inserts.TryGetValue(events.Count, out var insert))
        {
            _inserts.Add(events.Count, insert = InsertOf(events.Count));
            await insert.PrepareAsync();
        }

        var next = 0;
        foreach (var e in events)
        {
            var stream = Encoding.UTF8.GetBytes(e.Stream);
            ReadOnlySpan<object> values =
            [
                Interlocked.Increment(ref _position), e.Version, e.RecordedAt, 1, e.EventId.ToByteArray(bigEndian: true), stream, Family, Type, stream, Actor, e.Salt, e.Hash, e.Data,
            ];
            foreach (var value in values)
            {
                insert.Parameters[next++].Value = value;
            }
        }

        insert.Transaction = _transaction;
        await insert.ExecuteNonQueryAsync();
    }

    public Task<long> Replay(string stream) => RawReplay.Fold(
        after =>
        {
            _page.Parameters[0].Value = Encoding.UTF8.GetBytes(stream);
            _page.Parameters[1].Value = after;
            return new(_page);
        },
        row => row.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(Type));

    public async ValueTask DisposeAsync()
    {
        foreach (var insert in _inserts.Values)
        {
            await insert.DisposeAsync();
        }

        await _page.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private SqlCommand InsertOf(int events)
    {
        var command = new SqlCommand { Connection = _connection };
        var text = new StringBuilder($"insert into [{_schema}].nagare_events (position, version, recorded_at, schema_version, event_id, stream_id, family, type, correlation_id, actor, salt, content_hash, data) values ");
        for (var row = 0; row < events; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < Columns.Length; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * Columns.Length) + column}");
                text.Append(column == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(name, Columns[column].Type, Columns[column].Size);
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
        return command;
    }
}
