using System.Data.Common;
using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class PlanTests
{
    [Fact]
    public async Task No_page_query_scans_or_sorts_at_20_000_events()
    {
        await using var schema = new JournalSchema();
        await using (var journal = await schema.Open())
        {
            await journal.Seed();
        }

        var dialect = new SqlServerDialect(schema.Options());
        await using var connection = (SqlConnection)await dialect.Connect(ServerConnectionUse.Read, default);
        await ShowPlans(connection);
        foreach (var path in Enum.GetValues<StoredPath>())
        {
            foreach (var direction in Enum.GetValues<ReadDirection>())
            {
                foreach (var detail in Enum.GetValues<StoredDetail>())
                {
                    await using var command = dialect.CreateRead(connection, path, direction, detail);
                    dialect.Bind(command, QueryOf(path) with { Direction = direction, Detail = detail });
                    var plan = await PlanOf(command);
                    Assert.Contains("Index", plan, StringComparison.Ordinal);
                    var atMostAPage = path is StoredPath.Occurred or StoredPath.Cause && await Server.IsBabelfish;
                    Assert.False(ScansOrSorts(plan, atMostAPage), $"{path} {direction} {detail}:\n{plan}");
                }
            }
        }
    }

    [Fact]
    public async Task A_scan_or_a_sort_would_be_seen()
    {
        await using var schema = new JournalSchema();
        await using (var journal = await schema.Open())
        {
            await journal.Append(Appends.Of("a"), default);
        }

        await using var connection = await Server.Connect();
        await ShowPlans(connection);
        await using var scan = new SqlCommand($"select * from [{schema.Name}].nagare_events where actor = @actor", connection);
        scan.Parameters.AddWithValue("@actor", new byte[] { 1 });
        Assert.True(ScansOrSorts(await PlanOf(scan)));
        await using var sort = new SqlCommand($"select * from [{schema.Name}].nagare_events where position > @after order by recorded_at", connection);
        sort.Parameters.AddWithValue("@after", 0L);
        Assert.True(ScansOrSorts(await PlanOf(sort)));
    }

    private static StoredQuery QueryOf(StoredPath path)
    {
        var query = new StoredQuery { Path = path, Until = long.MaxValue, Limit = 1_000 };
        return path switch
        {
            StoredPath.EventId => query with { KeyBytes = Appends.NewId().ToByteArray(bigEndian: true) },
            StoredPath.Stream => query with { Key = "note/n-1000" },
            StoredPath.Correlation => query with { Key = "c-7" },
            StoredPath.Subject => query with { Key = "customer-6" },
            StoredPath.Cause => query with { KeyBytes = new CausationId("request-5").ToBytes() },
            StoredPath.Occurred => query with { AfterOccurred = 5, UntilOccurred = long.MaxValue },
            StoredPath.Journal => query,
            _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
        };
    }

    // Either server then gives the plan it ran as a further result: SQL Server as XML, Babelfish as PostgreSQL prints it.
    private static async Task ShowPlans(SqlConnection connection)
    {
        await using var command = new SqlCommand(await Server.IsBabelfish ? "set babelfish_statistics profile on" : "set statistics xml on", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> PlanOf(DbCommand command)
    {
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        do
        {
            while (await rows.ReadAsync())
            {
                if (rows.FieldCount == 1 && rows.GetFieldType(0) == typeof(string))
                {
                    lines.Add(rows.GetString(0));
                }
            }
        }
        while (await rows.NextResultAsync());
        return string.Join('\n', lines);
    }

    // Babelfish does not merge what two indexes give, and sorts it: no more than a page of each.
    private static bool ScansOrSorts(string plan, bool mayOrderTwoPages = false) => plan.Contains("<ShowPlanXML", StringComparison.Ordinal)
        ? plan.Contains("PhysicalOp=\"Sort\"", StringComparison.Ordinal) || plan.Contains("Scan\" LogicalOp", StringComparison.Ordinal)
        : mayOrderTwoPages && plan.Split("  ->  Limit").Length == 4
            ? PostgreSqlScansOrSorts(plan.Replace("->  Sort  ", "->  Ordering  ", StringComparison.Ordinal))
            : PostgreSqlScansOrSorts(plan);

    private static bool PostgreSqlScansOrSorts(string plan) => plan.Split('\n').Select(line => line.TrimStart(' ', '-', '>')).Any(line =>
        line.StartsWith("Seq Scan", StringComparison.Ordinal) || line.StartsWith("Bitmap", StringComparison.Ordinal)
        || line.StartsWith("Sort ", StringComparison.Ordinal) && !line.StartsWith("Sort Key", StringComparison.Ordinal) && !line.StartsWith("Sort Method", StringComparison.Ordinal)
        || line.StartsWith("Incremental Sort", StringComparison.Ordinal));
}
