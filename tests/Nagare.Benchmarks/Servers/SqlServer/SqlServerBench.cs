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

    public override async Task<string> Durability()
    {
        await using var connection = await Open();
        await using var command = new SqlCommand("select @@version", connection);
        // The first line names the product and its release.
        return ((string)(await command.ExecuteScalarAsync())!).Split('\n')[0].Trim();
    }

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
        while (await First($"select min(t.name) from sys.triggers t join sys.tables o on o.object_id = t.parent_id join sys.schemas s on s.schema_id = o.schema_id where s.name = '{place.Name}'") is { } trigger)
        {
            await Execute($"drop trigger [{place.Name}].[{trigger}]");
        }
    }

    public override async Task<IRawJournal> ConnectRaw(BenchPlace place) => await RawSqlServer.Connect(ConnectionString!, place.Name);

    public override async Task Drop(BenchPlace place)
    {
        while (await First($"select min(t.name) from sys.tables t join sys.schemas s on s.schema_id = t.schema_id where s.name = '{place.Name}'") is { } table)
        {
            await Execute($"drop table [{place.Name}].[{table}]");
        }

        await Execute($"drop schema [{place.Name}]");
    }

    private async Task<SqlConnection> Open()
    {
        var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task<string?> First(string sql)
    {
        await using var connection = await Open();
        await using var command = new SqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Open();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
