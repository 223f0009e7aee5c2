using Nagare;
using static Nagare.InvariantResult;

namespace Agent._1;

/// <summary>What must hold in every run; the verb <c>check</c> finds the first step of any run that broke it.</summary>
public static class AgentRules
{
    [Invariant("answers-rest-on-findings", "An answer is given only after a tool has found something.")]
    public static InvariantResult AnswersRestOnFindings(AgentRun run) =>
        Check(run.Answer is null || run.Findings.Count > 0, "answered, and no tool had been asked");
}
