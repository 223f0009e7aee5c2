using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class PlanTests
{
    // The planner chooses by statistics and may or may not look at the values: a fresh and an analysed table, a generic and a custom plan.
    [Fact]
    public async Task No_page_query_scans_or_sorts_however_large_the_journal_is()
    {
        await using var schema = new JournalSchema();
        await using (var journal = await schema.Open())
        {
            await journal.Seed();
        }

        await CheckPlans(schema);
        await schema.Execute("analyze nagare_events, nagare_links");
        await CheckPlans(schema);
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeededJournal.Events} events");
    }

    private static async Task CheckPlans(JournalSchema schema)
    {
        var dialect = new PostgreSqlDialect(schema.Options());
        await using var connection = (NpgsqlConnection)await dialect.Connect(ServerConnectionUse.Read, default);
        foreach (var planning in (string[])["force_generic_plan", "force_custom_plan"])
        {
            await Run(connection, $"set plan_cache_mode = {planning}");
            foreach (var path in Enum.GetValues<StoredPath>())
            {
                foreach (var direction in Enum.GetValues<ReadDirection>())
                {
                    foreach (var detail in Enum.GetValues<StoredDetail>())
                    {
                        var plan = await Explain(connection, PostgreSqlReadStatements.For(path, direction, detail), Arguments(path));
                        Assert.Contains("Index", plan, StringComparison.Ordinal);
                        Assert.False(ScansOrSorts(plan), $"{planning} {path} {direction} {detail}:\n{plan}");
                    }
                }
            }

            await CheckWriter(connection, planning);
        }

        // An append in a caller's transaction is planned each time, with what the caller's connection lets the planner do.
        await using var callers = await schema.Connect();
        await Run(callers, "set plan_cache_mode = force_custom_plan");
        await CheckWriter(callers, "a caller's");
    }

    private static async Task CheckWriter(NpgsqlConnection connection, string planning)
    {
        string[] plans =
        [
            await Explain(connection, PostgreSqlReadStatements.Append, "'00000000-0000-7000-8000-000000000001', 10"),
            await Explain(connection, PostgreSqlWriteStatements.ReadStreamHead, "'note/n-1'"),
            await Explain(connection, PostgreSqlWriteStatements.ReadStreamHeads, "'{note/n-1,note/n-2}'::text[]"),
        ];
        Assert.All(plans, plan => Assert.False(ScansOrSorts(plan), $"{planning}:\n{plan}"));
    }

    [Fact]
    public async Task A_scan_or_a_sort_would_be_seen()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await using var connection = await schema.Connect();
        Assert.True(ScansOrSorts(await Explain(connection, "select * from nagare_events where actor = $1", "'a'")));
        Assert.True(ScansOrSorts(await Explain(connection, "select * from nagare_events where stream_id = $1 order by recorded_at", "'s'")));
    }

    // An index that is walked along a column which the query only bounds, while its key is filtered, is a scan by another name.
    private static bool ScansOrSorts(string plan) => plan.Split('\n').Select(line => line.TrimStart(' ', '-', '>')).Any(line =>
        line.StartsWith("Seq Scan", StringComparison.Ordinal) || line.StartsWith("Bitmap", StringComparison.Ordinal)
        || line.StartsWith("Sort ", StringComparison.Ordinal) && !line.StartsWith("Sort Key", StringComparison.Ordinal)
        || line.StartsWith("Incremental Sort", StringComparison.Ordinal) || line.Contains("nagare_links_event", StringComparison.Ordinal));

    private static string Arguments(StoredPath path) => path switch
    {
        StoredPath.EventId => "'00000000-0000-7000-8000-000000000001'",
        StoredPath.Stream => $"0, {long.MaxValue}, 1000, 'note/n-1'",
        StoredPath.Correlation => $"0, {long.MaxValue}, 1000, 'c-7'",
        StoredPath.Subject => $"0, {long.MaxValue}, 1000, 'customer-6'",
        StoredPath.Cause => $"0, {long.MaxValue}, 1000, '\\x{Convert.ToHexString(new CausationId("request-5").ToBytes())}'",
        StoredPath.Occurred => $"0, {long.MaxValue}, 1000, 5, {long.MaxValue}",
        StoredPath.Journal => $"0, {long.MaxValue}, 1000",
        _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
    };

    private static async Task<string> Explain(NpgsqlConnection connection, string sql, string arguments)
    {
        var types = sql.Contains("unnest($1)", StringComparison.Ordinal) ? "(text[])" : "";
        await Run(connection, $"prepare asked{types} as {sql}");
        await using var command = new NpgsqlCommand($"explain execute asked({arguments})", connection);
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }
        }

        await Run(connection, "deallocate asked");
        return string.Join('\n', lines);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
