using System.Collections.Immutable;
using Nagare;

namespace AgentRuns;

/// <summary>A call that has no result yet.</summary>
/// <param name="CallId">What its result will name, or null.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Asked">The command or the arguments.</param>
public sealed record PendingCall(string? CallId, string Tool, string Asked);

/// <summary>What a tool told the agent. It may be wrong: it is what the agent had to go by.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Asked">The command or the arguments.</param>
/// <param name="Answer">The beginning of its answer.</param>
/// <param name="Failed">Whether the tool failed or refused.</param>
public sealed record Fact(string Tool, string Asked, string Answer, bool Failed);

/// <summary>What an agent has in hand at a step: its instructions, the user's words, what tools told it, what it waits for, what it has spent.</summary>
[Aggregate]
public sealed partial record AgentRun : IAggregate<AgentRun, AgentRunEvent>
{
    /// <summary>How much of a text the state keeps, in characters. The whole text stands in the event.</summary>
    private const int MaxKeptCharacters = 300;

    /// <summary>Where the record comes from; empty before the run began.</summary>
    public string Format { get; init; } = "";

    /// <summary>The task.</summary>
    public string Task { get; init; } = "";

    /// <summary>The model, or null where nobody says.</summary>
    public string? Model { get; init; }

    /// <summary>The beginning of the instructions.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the user said last.</summary>
    public string? UserSaid { get; init; }

    /// <summary>What the agent said to the user last.</summary>
    public string? AgentSaid { get; init; }

    /// <summary>The reasons that the model stated last.</summary>
    public string? StatedThought { get; init; }

    /// <summary>Turns of the model.</summary>
    public int Turns { get; init; }

    /// <summary>How often each tool was called.</summary>
    public ImmutableDictionary<string, int> ToolsCalled { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Calls without a result.</summary>
    public ImmutableList<PendingCall> Pending { get; init; } = [];

    /// <summary>What tools told the agent, in order.</summary>
    public ImmutableList<Fact> Facts { get; init; } = [];

    /// <summary>What the turns cost so far, as far as known; null where no turn's cost is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Tokens read and written so far, as far as known; null where nobody counted.</summary>
    public long? Tokens { get; init; }

    /// <summary>How the run ended, or null while it goes on.</summary>
    public string? Outcome { get; init; }

    /// <summary>What the judge said, or null.</summary>
    public bool? Passed { get; init; }

    /// <summary>Whether the run has begun.</summary>
    public bool HasBegun => Format.Length > 0;

    /// <summary>Whether the run is over.</summary>
    public bool IsOver => Outcome is not null;

    private AgentRun Apply(AgentRunEvent.Started e) => this with { Format = e.Format, Task = e.Task, Model = e.Model };

    private AgentRun Apply(AgentRunEvent.Instructed e) => this with { Instructions = Words.Beginning(e.Text, MaxKeptCharacters) };

    private AgentRun Apply(AgentRunEvent.UserSaid e) => this with { UserSaid = Words.Beginning(e.Text, MaxKeptCharacters) };

    private AgentRun Apply(AgentRunEvent.Noted e) => this with { Facts = Facts.Add(new(e.Kind, "", Words.Beginning(e.Text, MaxKeptCharacters), Failed: false)) };

    private AgentRun Apply(AgentRunEvent.ModelReplied e) => this with
    {
        Turns = Turns + 1,
        AgentSaid = e.Text is null ? AgentSaid : Words.Beginning(e.Text, MaxKeptCharacters),
        StatedThought = e.StatedThought is null ? null : Words.Beginning(e.StatedThought, MaxKeptCharacters),
        CostUsd = e.CostUsd is null ? CostUsd : (CostUsd ?? 0) + e.CostUsd,
        Tokens = e.TokensIn is null && e.TokensOut is null ? Tokens : (Tokens ?? 0) + (e.TokensIn ?? 0) + (e.TokensOut ?? 0),
    };

    private AgentRun Apply(AgentRunEvent.ToolCalled e) => this with
    {
        Pending = Pending.Add(new(e.CallId, e.Tool, Words.Beginning(e.Command ?? e.Arguments ?? "", MaxKeptCharacters))),
        ToolsCalled = ToolsCalled.SetItem(e.Tool, ToolsCalled.GetValueOrDefault(e.Tool) + 1),
    };

    private AgentRun Apply(AgentRunEvent.ToolReturned e) => Learn(e.CallId, e.Tool, e.Output, failed: false);

    private AgentRun Apply(AgentRunEvent.ToolFailed e) => Learn(e.CallId, e.Tool, e.Output.Length == 0 ? e.Error : e.Output, failed: true);

    private AgentRun Apply(AgentRunEvent.Ended e) => this with { Outcome = e.Status };

    private AgentRun Apply(AgentRunEvent.Aborted e) => this with { Outcome = $"stopped: {e.Reason}" };

    private AgentRun Apply(AgentRunEvent.Graded e) => this with { Passed = e.Passed };

    private AgentRun Learn(string? callId, string tool, string answer, bool failed)
    {
        // Call ids are not unique within a run; the latest call of that id is the one answered.
        var index = Pending.FindLastIndex(call => call.CallId == callId);
        var asked = index < 0 ? "" : Pending[index].Asked;
        return this with
        {
            Pending = index < 0 ? Pending : Pending.RemoveAt(index),
            Facts = Facts.Add(new(tool, asked, Words.Beginning(answer, MaxKeptCharacters), failed)),
        };
    }
}
