using System.Data.Common;
using MySqlConnector;

namespace Nagare.Benchmarks.Servers.MySql;

/// <summary>MySQL or MariaDB: a place is a database.</summary>
internal sealed class MySqlBench(string name, string title, string variable) : BenchServer
{
    public override string Name => name;

    public override string Title => title;

    public override string Variable => variable;

    public override string BatchTechnique => "VALUES of many rows";

    // 2.6 times on MariaDB and 2.9 to 3.7 on MySQL with a journal's columns and indexes; 4.2 to 4.4 on PostgreSQL.
    public override bool BatchesBeatWriters => false;

    public override async Task<string> Durability()
    {
        var settings = await Scalar("select concat(version(), ', innodb_flush_log_at_trx_commit=', @@innodb_flush_log_at_trx_commit, ', log_bin=', @@log_bin, ', sync_binlog=', @@sync_binlog)");
        return $"{title} {settings}";
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
        while (await Scalar($"select min(trigger_name) from information_schema.triggers where trigger_schema = '{place.Name}'") is string trigger)
        {
            await Execute($"drop trigger `{place.Name}`.`{trigger}`");
        }

        await Execute($"alter table `{place.Name}`.nagare_events modify position bigint not null auto_increment");
    }

    public override async Task<IRawJournal> ConnectRaw(BenchPlace place) => await RawMySql.Connect(ConnectionString!, place.Name);

    // The client makes objects on each of the steps on which it waits; with calls that block it makes 350 bytes.
    public override async Task<double> MeasureClient()
    {
        await using var place = await NewPlace();
        await MakeRaw(place);
        await using var journal = await RawMySql.Connect(ConnectionString!, place.Name);
        return await journal.MeasureClient();
    }

    public override Task Drop(BenchPlace place) => Execute($"drop database `{place.Name}`");

    protected override DbConnection Connection() => new MySqlConnection(ConnectionString);
}
