using System.Globalization;
using System.Text.RegularExpressions;
using Nagare.Testing;

namespace Nagare.Acceptance.Documentation;

/// <summary>docs/conformance.md speaks of the suite that there is: a table that an older suite printed is stale.</summary>
public partial class ConformancePageTests
{
    private const string NotRunYet = "docs/conformance.md holds no run of the suite as it is: eng/conformance --accept puts it there";

    private static readonly PageTables Page = new("conformance.md");

    [Fact]
    public void Every_group_is_described_with_the_number_of_its_scenarios()
    {
        var described = Page.Lines.Select(line => GroupLine().Match(line)).Where(match => match.Success).Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(Enum.GetValues<ConformanceGroup>().Select(group => (group.ToString(), Count(group))), described);
    }

    [Fact]
    public void Every_cell_of_the_table_accounts_for_every_scenario_of_its_group()
    {
        var table = Page.Between("<!-- conformance table -->");
        Assert.SkipWhen(table.Length == 0, NotRunYet);
        var groups = PageTables.Cells(table[0])[1..];
        Assert.Equal([.. Enum.GetNames<ConformanceGroup>(), "all"], groups);
        var rows = table[2..].Select(PageTables.Cells).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            for (var i = 0; i < groups.Length; i++)
            {
                var counted = row[i + 1].Split('/').Sum(count => int.Parse(count, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
                var expected = groups[i] == "all" ? JournalConformance.Scenarios.Count : Count(Enum.Parse<ConformanceGroup>(groups[i]));
                Assert.True(counted == expected, $"{row[0]} {groups[i]}: {row[i + 1]} are {counted} scenarios, the suite has {expected}");
            }
        }
    }

    [Fact]
    public void Every_saboteur_is_in_the_table_of_saboteurs()
    {
        var table = Page.Between("<!-- sabotage table -->");
        Assert.SkipWhen(table.Length == 0, NotRunYet);
        var rows = table[2..].Select(PageTables.Cells).ToList();
        Assert.Equal(Sabotage.All.Select(sabotage => (sabotage.What, sabotage.Group.ToString())), rows.Select(row => (row[0], row[1])));
    }

    private static int Count(ConformanceGroup group) => JournalConformance.Scenarios.Count(scenario => scenario.Group == group);

    [GeneratedRegex(@"^\| (\w+) \| (\d+) \| [a-z]")]
    private static partial Regex GroupLine();
}
