using System.Text;

namespace Nagare.Testing;

/// <summary>What came of one scenario.</summary>
public enum ConformanceOutcome
{
    /// <summary>The promise is kept.</summary>
    Passed,

    /// <summary>The fixture does not enrol what the scenario needs; nothing is known.</summary>
    Missing,

    /// <summary>The promise is broken.</summary>
    Failed,
}

/// <summary>One scenario's result.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Error">Why it is missing or failed; null where it passed.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ConformanceResult(ConformanceScenario Scenario, ConformanceOutcome Outcome, Exception? Error, TimeSpan Duration);

/// <summary>What came of a run of the suite.</summary>
/// <param name="Fixture">What was tested.</param>
/// <param name="Results">One for each scenario, in their order.</param>
public sealed record ConformanceReport(string Fixture, IReadOnlyList<ConformanceResult> Results)
{
    /// <summary>The scenarios whose promise is broken.</summary>
    public IEnumerable<ConformanceResult> Failed => Results.Where(result => result.Outcome == ConformanceOutcome.Failed);

    /// <summary>The scenarios that could not be tried.</summary>
    public IEnumerable<ConformanceResult> Missing => Results.Where(result => result.Outcome == ConformanceOutcome.Missing);

    /// <summary>Whether no promise is broken. What is missing stays missing: look at <see cref="Missing"/> before you rely on it.</summary>
    public bool HoldsAsFarAsTried => !Failed.Any();

    /// <summary>One line a scenario, the reasons of those that failed or are missing below, and the counts at the end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Fixture).AppendLine();
        foreach (var result in Results)
        {
            text.Append("  ").Append(result.Outcome.ToString().PadRight(8)).Append(result.Scenario).AppendLine();
            if (result.Error is { } error)
            {
                var reason = error is ConformanceException or CapabilityMissingException ? error.Message : error.ToString();
                text.Append("          ").AppendLine(reason.ReplaceLineEndings(Environment.NewLine + "          "));
            }
        }

        return text
            .Append(Results.Count(result => result.Outcome == ConformanceOutcome.Passed)).Append(" passed, ")
            .Append(Failed.Count()).Append(" failed, ")
            .Append(Missing.Count()).Append(" missing")
            .ToString();
    }
}
