using System.Text.Json;
using Nagare;

namespace AgentRuns;

/// <summary>
/// What happens in one run of an agent. Each record is a storage format: it says what was observed, leaves null what nobody measured,
/// and never holds a conclusion of ours. <c>Source</c> is null where the run was recorded as it happened.
/// </summary>
[EventFamily("agent-run")]
public abstract partial record AgentRunEvent
{
    /// <summary>What is the same throughout the run.</summary>
    /// <param name="Format">Where the record comes from: <c>live</c>, <c>tau-bench</c>, <c>mini-swe</c>, <c>swe-agent</c>.</param>
    /// <param name="Task">The task or instance that was set.</param>
    /// <param name="Trial">Which attempt at the task, or null where there is only one.</param>
    /// <param name="Model">The model as it was configured, or null where that is not known.</param>
    /// <param name="Configuration">Agent, model and environment as they were configured, as it came.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record Started(
        string Format, string Task, int? Trial = null, string? Model = null, JsonElement? Configuration = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>The model was given its instructions.</summary>
    [Event]
    public sealed record Instructed(string Text, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>The user said something.</summary>
    [Event]
    public sealed record UserSaid(string Text, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>Whatever else was put before the model: a demonstration, a complaint of the harness.</summary>
    /// <param name="Kind">What it was, in the source's own word.</param>
    /// <param name="Text">What it said.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record Noted(string Kind, string Text, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>The model took a turn.</summary>
    /// <param name="Text">What it said to the user, or null.</param>
    /// <param name="StatedThought">The reasons that it stated. A statement, not a fact: models act for reasons they do not state.</param>
    /// <param name="Calls">How many tools it called in this turn.</param>
    /// <param name="Reply">The provider's reply as it came, or null where it was not kept.</param>
    /// <param name="Model">The model that the reply names, or null.</param>
    /// <param name="Fingerprint">The backend that the reply names, or null.</param>
    /// <param name="TokensIn">Tokens read, or null where nobody counted.</param>
    /// <param name="TokensOut">Tokens written, or null where nobody counted.</param>
    /// <param name="CostUsd">What the turn cost, or null where nobody knows.</param>
    /// <param name="Seconds">How long the turn took, or null where nobody measured.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record ModelReplied(
        string? Text,
        string? StatedThought = null,
        int Calls = 0,
        JsonElement? Reply = null,
        string? Model = null,
        string? Fingerprint = null,
        long? TokensIn = null,
        long? TokensOut = null,
        decimal? CostUsd = null,
        double? Seconds = null,
        IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>A tool was called; one event for each call of a turn.</summary>
    /// <param name="CallId">What the result will name, or null where the format has no such thing. Not unique within a run: providers repeat themselves.</param>
    /// <param name="Tool">The tool.</param>
    /// <param name="Arguments">The arguments as the model gave them, which need not be valid JSON; null where it gave a command only.</param>
    /// <param name="Command">The command as it was run, or null where the tool runs none.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record ToolCalled(
        string? CallId, string Tool, string? Arguments, string? Command = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>A tool gave a result.</summary>
    /// <param name="CallId">The call that it answers, or null where the format does not say.</param>
    /// <param name="Tool">The tool.</param>
    /// <param name="Output">What it returned.</param>
    /// <param name="Shown">What the model got to see of it, where that is not the output itself.</param>
    /// <param name="ReturnCode">The return code of a command, or null.</param>
    /// <param name="Seconds">How long it took, or null where nobody measured.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record ToolReturned(
        string? CallId, string Tool, string Output, string? Shown = null, int? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>A tool failed, or refused.</summary>
    /// <param name="CallId">The call that it answers, or null where the format does not say.</param>
    /// <param name="Tool">The tool.</param>
    /// <param name="Error">What went wrong, in short.</param>
    /// <param name="Output">What it returned all the same.</param>
    /// <param name="Shown">What the model got to see of it, where that is not the output itself.</param>
    /// <param name="ReturnCode">The return code of a command, or null.</param>
    /// <param name="Seconds">How long it took, or null where nobody measured.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record ToolFailed(
        string? CallId, string Tool, string Error, string Output, string? Shown = null, int? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>The run came to its end.</summary>
    /// <param name="Status">How, in the source's own word.</param>
    /// <param name="Submission">What was handed in, or null.</param>
    /// <param name="ReportedCostUsd">What the whole run cost as its harness reports, or null.</param>
    /// <param name="ReportedCalls">How many turns the harness counted, or null.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Explain("Ended: {Status}", Detail = "{Submission}", Tags = ["outcome={Status}"])]
    [Event]
    public sealed record Ended(
        string Status, string? Submission = null, decimal? ReportedCostUsd = null, int? ReportedCalls = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>Somebody stopped the run.</summary>
    [Explain("Stopped", "{Reason}", Tags = ["outcome=aborted"])]
    [Event]
    public sealed record Aborted(string Reason) : AgentRunEvent;

    /// <summary>The run was judged.</summary>
    /// <param name="Passed">Whether it did what it was to do.</param>
    /// <param name="Score">The score, or null.</param>
    /// <param name="By">Who judged.</param>
    /// <param name="Details">The judge's report as it came, or null.</param>
    /// <param name="Source">Where in the imported record it stood.</param>
    [Event]
    public sealed record Graded(
        bool Passed, decimal? Score, string By, JsonElement? Details = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;

    /// <summary>What an importer left over, whatever the event.</summary>
    internal IReadOnlyList<SourcePart> Parts => this switch
    {
        Started e => e.Source,
        Instructed e => e.Source,
        UserSaid e => e.Source,
        Noted e => e.Source,
        ModelReplied e => e.Source,
        ToolCalled e => e.Source,
        ToolReturned e => e.Source,
        ToolFailed e => e.Source,
        Ended e => e.Source,
        Graded e => e.Source,
        _ => null,
    } ?? [];
}
