using Nagare;

namespace AgentRuns;

/// <summary>A second view of the same streams: what a run cost. A mutable class that looks at two events only.</summary>
[Aggregate(IgnoreRest = true)]
public sealed partial class RunCost : IAggregate<RunCost, AgentRunEvent>
{
    /// <summary>The sum over all turns whose cost is known.</summary>
    public decimal Usd { get; private set; }

    /// <summary>Turns whose cost nobody knows; above 0 the sum is a lower bound.</summary>
    public int TurnsWithoutCost { get; private set; }

    /// <summary>Tokens read, as far as counted.</summary>
    public long TokensIn { get; private set; }

    /// <summary>Tokens written, as far as counted.</summary>
    public long TokensOut { get; private set; }

    /// <summary>What the harness says the run cost, or null.</summary>
    public decimal? ReportedUsd { get; private set; }

    private void Apply(AgentRunEvent.ModelReplied e)
    {
        Usd += e.CostUsd ?? 0;
        TurnsWithoutCost += e.CostUsd is null ? 1 : 0;
        TokensIn += e.TokensIn ?? 0;
        TokensOut += e.TokensOut ?? 0;
    }

    private void Apply(AgentRunEvent.Ended e) => ReportedUsd = e.ReportedCostUsd;
}
