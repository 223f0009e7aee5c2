using System.Globalization;
using System.Text;
using Nagare.Testing;

namespace Nagare.Conformance;

/// <summary>Database × saboteur: how many scenarios of the saboteur's group turned red. A zero is a suite that does not look.</summary>
internal sealed class SabotageTable
{
    private readonly List<(Database Database, IReadOnlyList<int>? Red)> _rows = [];

    /// <summary>Whether every saboteur was noticed wherever it ran.</summary>
    public bool AllNoticed => _rows.All(row => row.Red?.All(count => count > 0) != false);

    /// <summary>Switches one mechanism after the other off, and counts.</summary>
    public async Task Run(Database database)
    {
        if (database.Absence is not null)
        {
            _rows.Add((database, null));
            return;
        }

        var counts = new List<int>();
        foreach (var sabotage in Sabotage.All)
        {
            await using var fixture = sabotage.Over(database.Fixture(ConformanceSettings.Quick));
            var report = await JournalConformance.Run(fixture, JournalConformance.Scenarios.Where(scenario => scenario.Group == sabotage.Group));
            counts.Add(report.Failed.Count());
        }

        _rows.Add((database, counts));
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append("| saboteur | group |");
        foreach (var (database, _) in _rows)
        {
            text.Append(' ').Append(database.Title).Append(" |");
        }

        text.AppendLine().Append("|---|---|").Insert(text.Length, "---|", _rows.Count).AppendLine();
        for (var i = 0; i < Sabotage.All.Count; i++)
        {
            text.Append("| ").Append(Sabotage.All[i].What).Append(" | ").Append(Sabotage.All[i].Group).Append(" |");
            foreach (var (_, red) in _rows)
            {
                text.Append(' ').Append(red?[i].ToString(CultureInfo.InvariantCulture) ?? "skipped").Append(" |");
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}
