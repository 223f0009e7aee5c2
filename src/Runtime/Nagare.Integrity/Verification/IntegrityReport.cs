namespace Nagare;

/// <summary>What a verification found.</summary>
/// <param name="Findings">What was found, in the order of positions; empty for a journal that is what the checkpoint says.</param>
/// <param name="Checked">How many events were compared.</param>
/// <param name="CoveredUpTo">Up to which position the checkpoint speaks; 0 without one. What is behind it was looked at for accidents only.</param>
/// <param name="Token">Where to go on, when the call ended before the journal did; null when it is done.</param>
/// <param name="Omitted">How many more findings there were than are listed.</param>
public sealed record IntegrityReport(IReadOnlyList<IntegrityFinding> Findings, long Checked, Position CoveredUpTo, string? Token, long Omitted)
{
    /// <summary>The most findings that are listed; what is beyond is counted.</summary>
    public const int MaxFindings = 10_000;

    /// <summary>Whether the part that was verified is what it should be.</summary>
    public bool IsIntact => Findings.Count == 0;
}

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Position">Where, or the first of several positions of which one or more are meant.</param>
/// <param name="LastPosition">The last of them; the same where it is one.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="What">In words, a sentence without its full stop.</param>
public sealed record IntegrityFinding(Position Position, Position LastPosition, FindingKind Kind, string What);

/// <summary>The kinds of findings.</summary>
public enum FindingKind
{
    /// <summary>The event's content is not what its own content hash says.</summary>
    ContentChanged,

    /// <summary>The event fits its own content hash, but is not the one that the checkpoint covers, or not in that place.</summary>
    EventChanged,

    /// <summary>There is no event where the checkpoint, or the journal's own density, says one is.</summary>
    EventMissing,

    /// <summary>There is an event where none belongs.</summary>
    EventAdded,

    /// <summary>The row cannot be read as an event.</summary>
    EventUnreadable,

    /// <summary>Among these positions is something that the checkpoint does not cover; stored nodes that would tell which were changed too.</summary>
    RangeChanged,

    /// <summary>The journal ends before the checkpoint does.</summary>
    Truncated,

    /// <summary>The event's payload and salt are gone, as an erasure leaves it: its place is proven, its content cannot be.</summary>
    PayloadErased,

    /// <summary>A stored row of the tree is not what follows from events that were proven. Nothing is lost: it can be built anew.</summary>
    NodeChanged,

    /// <summary>The checkpoint counts keys otherwise than these events do: bundles made under it prove no completeness.</summary>
    CountsDiffer,
}
