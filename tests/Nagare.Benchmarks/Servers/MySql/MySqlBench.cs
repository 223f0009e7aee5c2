using MySqlConnector;

namespace Nagare.Benchmarks.Servers.MySql;

/// <summary>MySQL or MariaDB: a place is a database.</summary>
internal sealed class MySqlBench(string name, string title, string variable) : BenchServer
{
    public override string Name => name;

    public override string Title => title;

    public override string Variable => variable;

    public override string BatchTechnique => "VALUES of many rows";

    public override async Task<string> Durability()
    {
        await using var connection = await Open();
        await using var command = new MySqlCommand(
            "select concat(version(), ', innodb_flush_log_at_trx_commit=', @@innodb_flush_log_at_trx_commit, ', log_bin=', @@log_bin, ', sync_binlog=', @@sync_binlog)", connection);
        return $"{title} {await command.ExecuteScalarAsync()}";
    }

    public override void Use(NagareBuilder nagare, BenchPlace place) => nagare.UseMySql(mysql =>
    {
        mysql.ConnectionString = ConnectionString!;
        mysql.DatabaseName = place.Name;
        mysql.Schema = JournalSchemaHandling.CheckOnly;
    });

    protected override async Task Create(BenchPlace place)
    {
        await using var journal = new MySqlJournal(new MySqlJournalOptions { ConnectionString = ConnectionString!, DatabaseName = place.Name });
        await journal.CreateSchema(default);
    }

    public override async Task MakeRaw(BenchPlace place)
    {
        foreach (var trigger in await Triggers(place))
        {
            await Execute($"drop trigger `{place.Name}`.`{trigger}`");
        }

        await Execute($"alter table `{place.Name}`.nagare_events modify position bigint not null auto_increment");
    }

    public override async Task<IRawJournal> ConnectRaw(BenchPlace place) => await RawMySql.Connect(ConnectionString!, place.Name);

    public override Task Drop(BenchPlace place) => Execute($"drop database `{place.Name}`");

    private async Task<List<string>> Triggers(BenchPlace place)
    {
        await using var connection = await Open();
        await using var command = new MySqlCommand("select trigger_name from information_schema.triggers where trigger_schema = @place", connection);
        command.Parameters.AddWithValue("@place", place.Name);
        var names = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private async Task<MySqlConnection> Open()
    {
        var connection = new MySqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Open();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
