namespace Nagare;

/// <summary>The state of a walk: what was met, how far from the start, what to look at next, and whether a bound was met.</summary>
/// <remarks>
/// What was met is never met again, so the walk ends even where causes run in a circle. Ids made by the journal cannot do that, but an
/// importer that chooses append ids, or names ids from elsewhere, can.
/// </remarks>
internal sealed class LineageWalk
{
    private readonly LineageOptions _options;
    private readonly Dictionary<Guid, (Envelope Envelope, int Depth)> _met = [];
    private readonly Queue<Guid> _next = new();
    private int _depth;
    private bool _isTruncated;

    public LineageWalk(Envelope start, LineageOptions options)
    {
        Start = start;
        _options = options;
        _met.Add(start.EventId, (start, 0));
        _next.Enqueue(start.EventId);
    }

    public Envelope Start { get; }

    public IEnumerable<Envelope> ByPosition => _met.Values.Select(met => met.Envelope).OrderBy(envelope => envelope.Position);

    public bool Holds(Guid eventId) => _met.ContainsKey(eventId);

    /// <summary>The event to look at next, nearest first; null when all have been looked at, or when a bound lets no more in.</summary>
    public Envelope? Next()
    {
        // All that is left to look at is at least as far as what met the bound.
        if (_isTruncated || !_next.TryDequeue(out var id))
        {
            return null;
        }

        (var envelope, _depth) = _met[id];
        return envelope;
    }

    /// <summary>Takes in an event that lies one step from the one looked at. False where a bound keeps it out.</summary>
    public bool TryAdd(Envelope envelope)
    {
        if (_depth == _options.MaxDepth || _met.Count == _options.MaxEvents)
        {
            _isTruncated = true;
            return false;
        }

        _met.Add(envelope.EventId, (envelope, _depth + 1));
        _next.Enqueue(envelope.EventId);
        return true;
    }

    public LineageGraph Close(LineageDirection direction, IExplanations explanations, IReadOnlyList<MissingCause> missing)
    {
        var nodes = ByPosition.Select(envelope => new LineageNode(envelope, Explain(envelope, explanations), _met[envelope.EventId].Depth)).ToList();
        return new LineageGraph(direction, nodes.First(node => node.Envelope.EventId == Start.EventId), nodes, [.. nodes.SelectMany(EdgesTo)], missing, _isTruncated);
    }

    // One event was stored and is one node, whatever an upcaster split it into.
    private static Explanation Explain(Envelope envelope, IExplanations explanations)
    {
        if (envelope.Event is LeftOutEvent leftOut)
        {
            return leftOut.Explain(envelope);
        }

        if (envelope.Parts.Count == 1)
        {
            return explanations.Explain(envelope);
        }

        var parts = envelope.Parts.Select(explanations.Explain).ToList();
        return new Explanation(Join("; ", parts.Select(part => part.Title))!, Join("; ", parts.Select(part => part.Summary)) ?? "")
        {
            Detail = Join("\n", parts.Select(part => part.Detail)),
            Actor = parts.Select(part => part.Actor).FirstOrDefault(actor => actor is not null),
            Tags = [.. parts.SelectMany(part => part.Tags)],
        };
    }

    private static string? Join(string separator, IEnumerable<string?> texts)
    {
        var joined = string.Join(separator, texts.Where(text => !string.IsNullOrEmpty(text)));
        return joined.Length == 0 ? null : joined;
    }

    // An event carries all its causes: the edges between events that were met follow from the events alone, whichever way they were met.
    private IEnumerable<LineageEdge> EdgesTo(LineageNode node) =>
        from cause in CausedEvents.CausesOf(node.Envelope)
        where cause.EventId is { } id && _met.ContainsKey(id)
        select new LineageEdge(cause.EventId!.Value, node.Envelope.EventId, cause == node.Envelope.Metadata.CausationId);
}
