namespace Nagare.Schema;

/// <summary>One difference between a locked and a current schema.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Family">The event's family, as the lock names it, or as the code does where the lock has none.</param>
/// <param name="Event">The event's name, or nothing where the change is the family's.</param>
/// <param name="Version">The event's version in the lock, or the code's where the lock has none; 0 for a family.</param>
/// <param name="Path">The member inside the event, <c>lines[].sku</c>, by today's names where there is one; empty for the event itself.</param>
internal sealed record SchemaChange(ChangeKind Kind, string Family, string Event, int Version, string Path)
{
    /// <summary>The locked fact, as its line stands in the file, or null.</summary>
    public string? Before { get; init; }

    /// <summary>The current fact, as its line would stand in the file, or null.</summary>
    public string? After { get; init; }

    /// <summary>Whether the lock marks what changed as draft, so that it may.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether it is a change of history, a shape that nothing stores any more: old code never meets it anew.</summary>
    public bool IsHistory { get; init; }

    /// <summary>What it means.</summary>
    public ChangeRow Row => ChangeTable.Of(Kind);

    /// <summary>Whether stored events would not be read any more.</summary>
    public bool BreaksRead => !IsDraft && Row.Read == Verdict.Breaks;

    /// <summary>Whether old code would not read new events.</summary>
    public bool BreaksRollout => !IsDraft && !IsHistory && Row.Rollout == Verdict.Breaks;

    /// <summary><c>order/placed version 1, lines[].sku</c>.</summary>
    public string Subject => string.Concat(
        Event.Length == 0 ? Family : $"{Family}/{Event} version {Version}",
        Path.Length == 0 ? "" : $", {Path}");

    /// <summary>The change in one line.</summary>
    public override string ToString() => string.Concat(
        $"{Subject}: {Row.Words}",
        (Before, After) switch
        {
            (null, null) => "",
            ({ } before, null) => $" ('{before}')",
            (null, { } after) => $" ('{after}')",
            var (before, after) => $" ('{before}' → '{after}')",
        });
}
