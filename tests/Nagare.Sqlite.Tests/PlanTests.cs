using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

public class PlanTests
{
    // With statistics the planner chooses by what the tables hold, so both a fresh and an analysed journal are asked.
    [Fact]
    public async Task No_page_query_scans_or_sorts_however_large_the_journal_is()
    {
        using var file = new JournalFile();
        await using (var journal = await file.Open())
        {
            await journal.Seed();
        }

        await CheckPlans(file);
        file.Execute("analyze");
        await CheckPlans(file);
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeededJournal.Events} events");
    }

    private static async Task CheckPlans(JournalFile file)
    {
        await using var session = new SqliteReadSession(file.Options());
        foreach (var path in Enum.GetValues<StoredPath>())
        {
            foreach (var direction in Enum.GetValues<ReadDirection>())
            {
                foreach (var detail in Enum.GetValues<StoredDetail>())
                {
                    var plan = session.Explain(Query(path, direction, detail));
                    Assert.NotEmpty(plan);
                    Assert.DoesNotContain(plan, line => line.Contains("SCAN", StringComparison.Ordinal) || line.Contains("TEMP B-TREE", StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public async Task A_scan_or_a_sort_would_be_seen()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        Assert.Contains("SCAN", Explain(file, "select * from nagare_events where actor = 'a'"));
        Assert.Contains("TEMP B-TREE", Explain(file, "select * from nagare_events where stream_id = 's' order by recorded_at"));
    }

    private static string Explain(JournalFile file, string sql)
    {
        using var connection = file.Connect();
        using var command = new SqliteCommand("explain query plan " + sql, connection);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines);
    }

    private static StoredQuery Query(StoredPath path, ReadDirection direction, StoredDetail detail) => new()
    {
        Path = path,
        Key = "note/n-1",
        KeyBytes = new byte[17],
        Until = long.MaxValue,
        UntilOccurred = long.MaxValue,
        Direction = direction,
        Detail = detail,
        Limit = 1_000,
    };
}
