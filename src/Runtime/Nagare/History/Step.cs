namespace Nagare;

/// <summary>One event of a run, read: what it says, and what it changed.</summary>
/// <param name="Envelope">The event.</param>
/// <param name="Explanation">The event in plain words.</param>
/// <param name="Diff">What it changed in the state.</param>
public sealed record Step(Envelope Envelope, Explanation Explanation, StateDiff Diff);

/// <summary>A field of a state with the event that set it last.</summary>
/// <param name="Path">Where it stands, <c>calls[2].error</c>.</param>
/// <param name="Value">Its value as JSON.</param>
/// <param name="SetBy">The event that set it.</param>
/// <param name="Explanation">That event in plain words.</param>
public sealed record Blame(string Path, string Value, Envelope SetBy, Explanation Explanation);
