using Nagare;

namespace AgentRuns;

/// <summary>Verdicts in plain English, with the tag that the runs' own grades have: whoever judged, <c>passed</c> says it.</summary>
[Explainer]
public sealed partial class RunVerdictExplainer : IEventExplainer<RunVerdictEvent>
{
    private Explanation Explain(RunVerdictEvent.Tested e) =>
        new(e.Resolved ? "Passed the tests" : "Failed the tests", $"The harness tried the work on {e.Task}.", ("passed", e.Resolved ? "true" : "false"));
}
