using System.Globalization;

namespace Nagare.Acceptance.Documentation;

/// <summary>docs/performance.md holds what eng/bench --accept printed: every target on every database, and in bold what is below its floor.</summary>
public class PerformancePageTests
{
    private static readonly PageTables Page = new("performance.md");

    [Fact]
    public void Every_target_is_there_for_every_database_that_has_it()
    {
        var table = Page.Between("<!-- databases table -->");
        Assert.Equal(["target, ours to raw", "floor", "goal", "SQLite", "PostgreSQL", "MariaDB", "MySQL"], PageTables.Cells(table[0]));
        var ratios = table[2..].TakeWhile(row => row.StartsWith("| T", StringComparison.Ordinal)).Select(PageTables.Cells).ToList();
        Assert.Equal(["T1", "T2", "T3", "T4", "T4", "T5", "T5", "T6", "T6", "T8", "T9", "T11", "T11"], ratios.Select(row => row[0].Split(' ')[0]));
        foreach (var row in ratios)
        {
            // T9 is about SQLite's one writer; what T6 and T11 ask is asked of servers, and so is what their batches come to.
            var on = row[0].Split(' ')[0] switch { "T9" => row[3..4], "T6" or "T11" => row[4..], "T4" when row[0].Contains("batches", StringComparison.Ordinal) => row[4..], _ => row[3..] };
            Assert.All(on, cell => Assert.NotEqual("–", cell));
        }
    }

    [Theory]
    [InlineData("<!-- databases table -->", 3)]
    [InlineData("<!-- peers table -->", 5)]
    public void What_is_below_its_floor_is_bold_and_nothing_else(string mark, int firstRatio)
    {
        foreach (var row in Page.Between(mark).TakeWhile(row => !row.StartsWith("| a second", StringComparison.Ordinal)).Select(PageTables.Cells).Where(row => row[0].StartsWith('T')))
        {
            // What is allocated has a ceiling.
            var isCeiling = row[0].Contains("bytes", StringComparison.Ordinal);
            foreach (var cell in mark.Contains("peers", StringComparison.Ordinal) ? row[firstRatio..(firstRatio + 1)] : row[firstRatio..])
            {
                if (row[1] != "reported" && cell != "–" && !cell.EndsWith("reported", StringComparison.Ordinal))
                {
                    // What the client takes for itself stands behind it.
                    var (value, limit) = (Number(cell.Split(' ')[0].Trim('*')), Number(row[1]));
                    Assert.True(cell.StartsWith("**", StringComparison.Ordinal) == (isCeiling ? value > limit : value < limit) || value == limit, $"{row[0]}: {cell} against {row[1]}");
                }
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
