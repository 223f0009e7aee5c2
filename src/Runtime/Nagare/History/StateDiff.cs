namespace Nagare;

/// <summary>What changed between two states, field by field.</summary>
/// <param name="Changes">The changes, in the order of the fields.</param>
public sealed record StateDiff(IReadOnlyList<StateChange> Changes)
{
    /// <summary>One change a line.</summary>
    public override string ToString() => string.Join('\n', Changes);
}

/// <summary>One changed field.</summary>
/// <param name="Path">Where it stands, <c>calls[2].error</c>; empty for the state as a whole.</param>
/// <param name="Before">Its value before as JSON, or null where it was not there.</param>
/// <param name="After">Its value after as JSON, or null where it is gone.</param>
public sealed record StateChange(string Path, string? Before, string? After)
{
    /// <summary>"path: before → after".</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "state" : Path)}: {Before ?? "(absent)"} → {After ?? "(absent)"}";
}
