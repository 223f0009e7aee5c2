using MySqlConnector;
using Nagare.Torture;

namespace Nagare.Databases.Tests;

/// <summary>A MySQL or MariaDB server, and a second one that has everything before the first acknowledges it and can take its place.</summary>
internal sealed class MySqlReplica : IAsyncDisposable
{
    private readonly DatabaseServer _server;
    private readonly ReplicationWords _words;

    private MySqlReplica(DatabaseServer server, ReplicationWords words) => (_server, _words) = (server, words);

    /// <summary>As its owner.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>How a server is started that another one can follow.</summary>
    public static string PrimaryArguments(string database) => ReplicationWords.Of(database).Arguments(1);

    /// <summary>Starts a server that follows one which nobody has written to yet, and makes that one wait for it with each commit.</summary>
    public static async Task<MySqlReplica> Follow(string database, DatabaseServer primary)
    {
        var words = ReplicationWords.Of(database);
        var replica = new MySqlReplica((await DatabaseServer.Start(database, arguments: words.Arguments(2)))!, words);
        try
        {
            // What each wrote for itself when it was made is not for the other.
            await Execute(primary.ConnectionString, words.Primary);
            await Execute(replica.ConnectionString, words.Replica((int)new MySqlConnectionStringBuilder(primary.ConnectionString).Port));
            await Eventually.Is(async () => await Scalar(primary.ConnectionString, words.Followers) == "1", "nobody follows");
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it store what it has got from the one that is gone, and makes it the one that takes writes.</summary>
    public async Task Promote()
    {
        await Execute(ConnectionString, _words.StopReceiving);
        await Eventually.Is(async () => await _words.HasAppliedAll(ConnectionString) == "1", "what was received is not stored");
        await Execute(ConnectionString, _words.TakeOver);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task Execute(string connectionString, IEnumerable<string> statements)
    {
        foreach (var sql in statements)
        {
            await Scalar(connectionString, sql);
        }
    }

    // The column of the first row, the first one unless named; null where there is no row.
    private static async Task<string?> Scalar(string connectionString, string sql, string? column = null)
    {
        await using var connection = new MySqlConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? rows.GetValue(column is null ? 0 : rows.GetOrdinal(column)).ToString() : null;
    }

    /// <summary>What is said differently to the two.</summary>
    private abstract record ReplicationWords
    {
        public static ReplicationWords Of(string database) => database == "mysql" ? new WordsOfMySql() : new WordsOfMariaDb();

        public abstract string Arguments(int serverId);

        public abstract IReadOnlyList<string> Primary { get; }

        public abstract IReadOnlyList<string> Replica(int primaryPort);

        /// <summary>How many follow and are waited for.</summary>
        public abstract string Followers { get; }

        public abstract IReadOnlyList<string> StopReceiving { get; }

        /// <summary>1, once everything that was received is stored.</summary>
        public abstract Task<string?> HasAppliedAll(string connectionString);

        public abstract IReadOnlyList<string> TakeOver { get; }

        private sealed record WordsOfMySql : ReplicationWords
        {
            public override string Arguments(int serverId) => $"--server-id={serverId} --gtid-mode=ON --enforce-gtid-consistency=ON";

            public override IReadOnlyList<string> Primary { get; } =
            [
                "install plugin rpl_semi_sync_source soname 'semisync_source.so'",
                "reset binary logs and gtids",
                "set global rpl_semi_sync_source_timeout = 3600000",
                "set global rpl_semi_sync_source_enabled = 1",
            ];

            public override IReadOnlyList<string> Replica(int primaryPort) =>
            [
                "install plugin rpl_semi_sync_replica soname 'semisync_replica.so'",
                "reset binary logs and gtids",
                "set global rpl_semi_sync_replica_enabled = 1",
                $"change replication source to source_host = '127.0.0.1', source_port = {primaryPort}, source_user = 'nagare', source_password = 'nagare', source_auto_position = 1, get_source_public_key = 1",
                "start replica",
                "set global super_read_only = 1",
            ];

            public override string Followers => "select variable_value from performance_schema.global_status where variable_name = 'Rpl_semi_sync_source_clients'";

            public override IReadOnlyList<string> StopReceiving { get; } = ["stop replica io_thread"];

            public override Task<string?> HasAppliedAll(string connectionString) =>
                Scalar(connectionString, "select gtid_subset(received_transaction_set, @@global.gtid_executed) from performance_schema.replication_connection_status");

            public override IReadOnlyList<string> TakeOver { get; } = ["stop replica", "reset replica all", "set global super_read_only = 0", "set global read_only = 0"];
        }

        private sealed record WordsOfMariaDb : ReplicationWords
        {
            public override string Arguments(int serverId) => $"--server-id={serverId} --log-bin --sync-binlog=1";

            public override IReadOnlyList<string> Primary { get; } =
            [
                "reset master",
                "set global rpl_semi_sync_master_timeout = 3600000",
                "set global rpl_semi_sync_master_wait_point = 'AFTER_SYNC'",
                "set global rpl_semi_sync_master_enabled = 1",
            ];

            public override IReadOnlyList<string> Replica(int primaryPort) =>
            [
                "reset master",
                "set global rpl_semi_sync_slave_enabled = 1",
                $"change master to master_host = '127.0.0.1', master_port = {primaryPort}, master_user = 'nagare', master_password = 'nagare', master_use_gtid = slave_pos",
                "start slave",
                "set global read_only = 1",
            ];

            public override string Followers => "select variable_value from information_schema.global_status where variable_name = 'rpl_semi_sync_master_clients'";

            public override IReadOnlyList<string> StopReceiving { get; } = ["stop slave io_thread"];

            public override async Task<string?> HasAppliedAll(string connectionString)
            {
                var received = await Scalar(connectionString, "show slave status", "Gtid_IO_Pos");
                return await Scalar(connectionString, $"select master_gtid_wait('{received}', 0) + 1");
            }

            public override IReadOnlyList<string> TakeOver { get; } = ["stop slave", "reset slave all", "set global read_only = 0"];
        }
    }
}
