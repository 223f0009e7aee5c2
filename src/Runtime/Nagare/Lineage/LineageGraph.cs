namespace Nagare;

/// <summary>Events and what led to what, as a walk found them.</summary>
public sealed partial class LineageGraph
{
    internal LineageGraph(LineageDirection direction, LineageNode start, IReadOnlyList<LineageNode> nodes, IReadOnlyList<LineageEdge> edges, IReadOnlyList<MissingCause> missing, bool isTruncated)
    {
        Direction = direction;
        Start = start;
        Nodes = nodes;
        Edges = edges;
        Missing = missing;
        IsTruncated = isTruncated;
    }

    /// <summary>Whether the walk went to causes or to effects.</summary>
    public LineageDirection Direction { get; }

    /// <summary>The event the walk began at.</summary>
    public LineageNode Start { get; }

    /// <summary>Every event met, the first included, in order of position.</summary>
    public IReadOnlyList<LineageNode> Nodes { get; }

    /// <summary>What led to what, in order of the effect's position; the immediate parent before further causes.</summary>
    public IReadOnlyList<LineageEdge> Edges { get; }

    /// <summary>Causes that are no event of this journal: ids from outside, and event ids that it does not hold.</summary>
    public IReadOnlyList<MissingCause> Missing { get; }

    /// <summary>Whether a bound stopped the walk.</summary>
    public bool IsTruncated { get; }

    /// <summary>
    /// Where the causes end, in order of position: events that no event of this walk caused. In a walk to causes that no bound stopped, the
    /// events that nothing in this journal caused; in a walk to effects, its start.
    /// </summary>
    public IEnumerable<LineageNode> Roots
    {
        get
        {
            var caused = Edges.Select(edge => edge.Effect).ToHashSet();
            return Nodes.Where(node => !caused.Contains(node.Envelope.EventId));
        }
    }
}

/// <summary>Which way a walk goes.</summary>
public enum LineageDirection
{
    /// <summary>Back to what led here.</summary>
    Causes,

    /// <summary>On to what followed.</summary>
    Effects,
}

/// <summary>An event in a walk.</summary>
/// <param name="Envelope">The event; where nothing is left of it today, with a <see cref="LeftOutEvent"/> in it.</param>
/// <param name="Explanation">The event in plain words.</param>
/// <param name="Depth">Fewest steps from the start; 0 for the start.</param>
public sealed record LineageNode(Envelope Envelope, Explanation Explanation, int Depth)
{
    /// <summary>Whether an upcaster leaves nothing of it, or unknown events are skipped and it is one.</summary>
    public bool IsLeftOut => Envelope.Event is LeftOutEvent;
}

/// <summary>One event led to another.</summary>
/// <param name="Cause">The id of the event that led.</param>
/// <param name="Effect">The id of the event that followed.</param>
/// <param name="IsParent">Whether it is the immediate parent rather than a further cause.</param>
public sealed record LineageEdge(Guid Cause, Guid Effect, bool IsParent);

/// <summary>A cause that could not be followed.</summary>
/// <param name="Cause">Its id.</param>
/// <param name="Effect">The id of the event that names it.</param>
public sealed record MissingCause(CausationId Cause, Guid Effect)
{
    /// <summary>Whether it never was an event here, rather than an event that is not to be found.</summary>
    public bool IsOutside => Cause.OutsideId is not null;
}
