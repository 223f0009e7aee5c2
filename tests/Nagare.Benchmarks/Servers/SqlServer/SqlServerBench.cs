using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Nagare.Benchmarks.Servers.SqlServer;

/// <summary>SQL Server, or what speaks like it: a place is a schema.</summary>
internal sealed class SqlServerBench : BenchServer
{
    public override string Name => "sqlserver";

    public override string Title => "SQL Server";

    public override string Variable => "NAGARE_SQLSERVER";

    public override string HowToHaveOne => "it takes the connection string of a login that may create schemas";

    public override string BatchTechnique => "VALUES of many rows";

    // The first line names the product and its release.
    public override async Task<string> Durability() => ((string)(await Scalar("select @@version"))!).Split('\n')[0].Trim();

    public override void Use(NagareBuilder nagare, BenchPlace place) => nagare.UseSqlServer(server =>
    {
        server.ConnectionString = ConnectionString!;
        server.SchemaName = place.Name;
        server.Schema = JournalSchemaHandling.CheckOnly;
    });

    protected override async Task Create(BenchPlace place)
    {
        await using var journal = new SqlServerJournal(new SqlServerJournalOptions { ConnectionString = ConnectionString!, SchemaName = place.Name });
        await journal.CreateSchema(default);
    }

    // A column cannot become an identity column here: the writers count positions themselves, which costs them less.
    public override async Task MakeRaw(BenchPlace place)
    {
        while (await Scalar($"select min(t.name) from sys.triggers t join sys.tables o on o.object_id = t.parent_id join sys.schemas s on s.schema_id = o.schema_id where s.name = '{place.Name}'") is string trigger)
        {
            await Execute($"drop trigger [{place.Name}].[{trigger}]");
        }
    }

    public override async Task<IRawJournal> ConnectRaw(BenchPlace place) => await RawSqlServer.Connect(ConnectionString!, place.Name);

    public override async Task Drop(BenchPlace place)
    {
        await using var connection = Connection();
        await connection.OpenAsync();
        await SqlServerPlaces.DropSchema(connection, place.Name);
    }

    protected override DbConnection Connection() => new SqlConnection(ConnectionString);
}
