using System.Text;
using Nagare.Testing;

namespace Nagare.Conformance;

/// <summary>Database × group as a Markdown table, from the suite's own reports.</summary>
internal sealed class ConformanceTable(IReadOnlyList<ConformanceScenario> scenarios)
{
    private readonly List<(Database Database, ConformanceReport? Report)> _rows = [];
    private readonly List<ConformanceGroup> _groups = [.. scenarios.Select(scenario => scenario.Group).Distinct().Order()];

    /// <summary>Whether any promise is broken.</summary>
    public bool HasFailures => _rows.Any(row => row.Report?.Failed.Any() == true);

    /// <summary>Whether the suite ran anywhere.</summary>
    public bool HasRun => _rows.Any(row => row.Report is not null);

    /// <summary>Adds a database with what came of it; null where it was skipped.</summary>
    public void Add(Database database, ConformanceReport? report) => _rows.Add((database, report));

    public override string ToString()
    {
        var text = new StringBuilder().Append("| passed / failed / missing / skipped |");
        foreach (var group in _groups)
        {
            text.Append(' ').Append(group).Append(" |");
        }

        text.AppendLine(" all |").Append("|---|").Insert(text.Length, "---|", _groups.Count).AppendLine("---|");
        foreach (var (database, report) in _rows)
        {
            text.Append("| ").Append(database.Title).Append(" |");
            foreach (var group in _groups)
            {
                text.Append(' ').Append(Cell(report, scenario => scenario.Group == group)).Append(" |");
            }

            text.Append(' ').Append(Cell(report, _ => true)).AppendLine(" |");
        }

        return text.ToString();
    }

    private string Cell(ConformanceReport? report, Func<ConformanceScenario, bool> counts)
    {
        return $"{Count(ConformanceOutcome.Passed)} / {Count(ConformanceOutcome.Failed)} / {Count(ConformanceOutcome.Missing)} / {(report is null ? scenarios.Count(counts) : 0)}";

        int Count(ConformanceOutcome outcome) => report?.Results.Count(result => result.Outcome == outcome && counts(result.Scenario)) ?? 0;
    }
}
