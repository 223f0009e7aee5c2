using System.Text.Json;
using Nagare;

namespace AgentRuns;

/// <summary>
/// What a test harness says about a run afterwards. A stream of its own, in the run's correlation: a verdict is somebody else's
/// word, comes later, in another file, and may come again.
/// </summary>
[EventFamily("run-verdict")]
public abstract partial record RunVerdictEvent
{
    /// <summary>The run's work was tested.</summary>
    /// <param name="Run">The stream of the run.</param>
    /// <param name="Task">The task that was set.</param>
    /// <param name="Resolved">Whether the work solves it.</param>
    /// <param name="Report">The harness's report as it came.</param>
    [Explain("Tested: resolved {Resolved}", "The harness tried the work on {Task}.", Tags = ["passed={Resolved}"])]
    [Event]
    public sealed record Tested(string Run, string Task, bool Resolved, JsonElement Report) : RunVerdictEvent;
}
