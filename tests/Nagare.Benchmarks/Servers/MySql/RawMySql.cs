using System.Buffers.Binary;
using System.Data;
using MySqlConnector;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Servers.MySql;

/// <summary>The fastest ways to these rows on MySQL that we know: prepared inserts of one row and of many, no transaction around them.</summary>
internal sealed class RawMySql : IRawJournal
{
    private const string InsertSql = """
        insert into nagare_events (version, recorded_at, schema_version, event_id, stream_id, family, type, correlation_id, actor, salt, content_hash, data)
        values 
        """;

    private const string RowSql = "(?,?,?,?,?,?,?,?,?,?,?,?)";

    private const string PageSql = """
        select version, type, data from nagare_events where stream_id = ? and version > ? order by version limit 1000
        """;

    private readonly MySqlConnection _connection;
    private MySqlTransaction? _transaction;
    private readonly MySqlCommand _page;

    // A statement for each size that occurs.
    private readonly Dictionary<int, MySqlCommand> _inserts = [];

    private RawMySql(MySqlConnection connection)
    {
        _connection = connection;
        _page = new MySqlCommand(PageSql, connection) { Parameters = { new MySqlParameter(), new MySqlParameter() } };
    }

    public static async Task<RawMySql> Connect(string connectionString, string database)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false, GuidFormat = MySqlGuidFormat.Binary16 }.ConnectionString);
        await connection.OpenAsync();
        return new RawMySql(connection);
    }

    public Task Insert(RawEvent e) => InsertBatch([e]);

    public async Task InsertInTransaction(RawEvent e)
    {
        await using var transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        _transaction = transaction;
        await Insert(e);
        await transaction.CommitAsync();
        _transaction = null;
    }

    public async Task InsertBatch(IReadOnlyList<RawEvent> events)
    {
        if (!_inserts.TryGetValue(events.Count, out var insert))
        {
            insert = new MySqlCommand(InsertSql + string.Join(',', Enumerable.Repeat(RowSql, events.Count)), _connection);
        }

        insert.Parameters.Clear();
        foreach (var e in events)
        {
            Add(insert, e.Version, e.RecordedAt, 1, e.EventId.ToByteArray(bigEndian: true), e.Stream, RawEvent.Family, RawEvent.Type, e.Stream, RawEvent.Actor, e.Salt, e.Hash, e.Data);
        }

        if (_inserts.TryAdd(events.Count, insert))
        {
            await insert.PrepareAsync();
        }

        insert.Transaction = _transaction;
        await insert.ExecuteNonQueryAsync();
    }

    /// <summary>What the client itself allocates for a row, in bytes: one insert many times, with values that are there already.</summary>
    public async Task<double> MeasureClient()
    {
        const int Inserts = 500;
        await Insert(RawEvent.Make(BenchEvent.Make(0), "bench/client", 1));
        var insert = _inserts[1];
        var id = (byte[])insert.Parameters[3].Value!;
        var versions = Enumerable.Range(2, 2 * Inserts).Select(version => (object)(long)version).ToList();
        var before = 0L;
        for (var i = 0; i < versions.Count; i++)
        {
            // The first half is for whatever is made once.
            before = i == Inserts ? GC.GetTotalAllocatedBytes(precise: true) : before;
            insert.Parameters[0].Value = versions[i];
            BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(id.Length - sizeof(int)), i);
            await insert.ExecuteNonQueryAsync();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Inserts;
    }

    public Task<long> Replay(string stream) => RawReplay.Fold(
        async after =>
        {
            _page.Parameters[0].Value = stream;
            _page.Parameters[1].Value = after;
            await _page.PrepareAsync();
            return _page;
        },
        row => row.GetString(1) == RawEvent.Type);

    public async ValueTask DisposeAsync()
    {
        foreach (var insert in _inserts.Values)
        {
            await insert.DisposeAsync();
        }

        await _page.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static void Add(MySqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }
    }
}
