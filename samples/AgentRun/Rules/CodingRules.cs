using Nagare;
using static Nagare.InvariantResult;

namespace AgentRuns;

/// <summary>Plain sense for agents that write code.</summary>
public static class CodingRules
{
    private const decimal MaxRunUsd = 0.15m;

    /// <summary>The second time shows nothing that the first did not.</summary>
    [Invariant("coding-no-same-failure-twice", "A command that has just failed is not run again unchanged.")]
    public static InvariantResult NoSameFailureTwice(CodingWork work, Envelope at) =>
        Check(!work.IsCoding || at.Event is not AgentRunEvent.ToolFailed || work.SameFailures < 2, $"failed {work.SameFailures} times in a row: {Words.Beginning(work.Command ?? "", 80)}");

    /// <summary>Work is handed in only after something was run that could have shown it wrong.</summary>
    [Invariant("coding-runs-what-it-edits", "Work is submitted only after the last edit was followed by a test or a run of the code.")]
    public static InvariantResult RunsWhatItEdits(CodingWork work, Envelope at) =>
        Check(!IsSubmission(work, at) || work.UntestedEdit is null, $"nothing was run after: {work.UntestedEdit}");

    /// <summary>A script of one's own shows what one thought of; the project's tests show the rest.</summary>
    [Invariant("coding-runs-the-tests", "Work is submitted only after the last edit in place was followed by a test runner (pytest, unittest, runtests, tox).")]
    public static InvariantResult RunsTheTests(CodingWork work, Envelope at) =>
        Check(!IsSubmission(work, at) || work.EditWithoutSuite is null, $"no test runner ran after: {work.EditWithoutSuite}");

    /// <summary>Temperature 0 promises nothing when another backend answers. The provider's fingerprint comes and goes, so this rule can hold again: it is not monotone.</summary>
    [Invariant("coding-one-backend", "One backend answers all turns of a run.")]
    public static InvariantResult OneBackend(CodingWork work) => Check(work.Fingerprint == work.LatestFingerprint, $"began with {work.Fingerprint}, now {work.LatestFingerprint}");

    /// <summary>A sum of costs never falls: monotone.</summary>
    [Invariant("run-costs-under-15-cents", "A run costs fifteen US cents at most, as far as its costs are known.", Monotone = true)]
    public static InvariantResult CostsUnder15Cents(RunCost run) => Check(run.Usd <= MaxRunUsd, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cost ${run.Usd:0.000}"));

    private static bool IsSubmission(CodingWork work, Envelope at) =>
        work.IsCoding && at.Event is AgentRunEvent.Ended end && end.Status.StartsWith("submitted", StringComparison.OrdinalIgnoreCase);
}
