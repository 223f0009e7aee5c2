namespace AgentRuns;

/// <summary>The formats that a run can come from.</summary>
public static class RunFormat
{
    /// <summary>Recorded as it happened.</summary>
    public const string Live = "live";

    /// <summary>Conversations of tau-bench.</summary>
    public const string TauBench = "tau-bench";

    /// <summary>Trajectories of mini-swe-agent.</summary>
    public const string MiniSwe = "mini-swe";

    /// <summary>Trajectories of SWE-agent.</summary>
    public const string SweAgent = "swe-agent";
}
