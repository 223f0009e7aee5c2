using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema;

/// <summary>What <c>docs/evolution.md</c> says is what the code does.</summary>
public class EvolutionPageTests
{
    private static readonly string Page = Checkout.File("docs", "evolution.md");

    [Fact]
    public void The_page_has_every_row_of_the_table()
    {
        string[] expected = [.. ChangeTable.Rows.Select(row => $"| {row.Words} | {Word(row.Read)} | {Word(row.Rollout)} | {row.WayOut} |")];
        if (Environment.GetEnvironmentVariable("NAGARE_ACCEPT_GOLDEN") == "1")
        {
            Accept(expected);
        }

        Assert.Equal(expected, Table(File.ReadAllLines(Page)));
    }

    [Fact]
    public void The_lock_on_the_page_is_one()
    {
        var text = File.ReadAllText(Page);
        var start = text.IndexOf("nagare-schema 1", StringComparison.Ordinal);
        var schema = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.Equal(schema, SchemaLock.Parse(schema).ToString().Replace(SchemaLock.Empty.ToString(), "nagare-schema 1\n", StringComparison.Ordinal));
    }

    private static string Word(Verdict verdict) => verdict == Verdict.Safe ? "safe" : "**breaks**";

    private static IEnumerable<string> Table(string[] lines) => lines.SkipWhile(line => line != Head).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static void Accept(string[] rows)
    {
        var lines = File.ReadAllLines(Page);
        var start = Array.IndexOf(lines, Head) + 2;
        File.WriteAllText(Page, string.Join('\n', lines.Take(start).Concat(rows).Concat(lines.Skip(start + Table(lines).Count()))) + "\n");
    }

    private const string Head = "| change | READ | ROLLOUT | what to do |";
}
