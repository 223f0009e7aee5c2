namespace Nagare;

/// <summary>Walks causes and effects, breadth first, one indexed question an event.</summary>
internal sealed class Lineage(IEnvelopeReader reader, IExplanations explanations) : ILineage
{
    private static readonly LineageOptions Unsaid = new();

    public ValueTask<LineageGraph> Causes(Guid eventId, CancellationToken cancellationToken = default) => Causes(eventId, Unsaid, cancellationToken);

    public ValueTask<LineageGraph> Causes(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default) =>
        Walk(LineageDirection.Causes, eventId, options, cancellationToken);

    public ValueTask<LineageGraph> Effects(Guid eventId, CancellationToken cancellationToken = default) => Effects(eventId, Unsaid, cancellationToken);

    public ValueTask<LineageGraph> Effects(Guid eventId, LineageOptions options, CancellationToken cancellationToken = default) =>
        Walk(LineageDirection.Effects, eventId, options, cancellationToken);

    private async ValueTask<LineageGraph> Walk(LineageDirection direction, Guid eventId, LineageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxDepth);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxEvents, 1);
        var events = new CausedEvents(reader, cancellationToken);
        var start = await events.Find(eventId).ConfigureAwait(false) ?? throw new EventNotFoundException(eventId);
        var walk = new LineageWalk(start, options);
        while (walk.Next() is { } current)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (direction == LineageDirection.Causes)
            {
                await MeetCauses(walk, current, events).ConfigureAwait(false);
            }
            else
            {
                await MeetEffects(walk, current, events).ConfigureAwait(false);
            }
        }

        return walk.Close(direction, explanations, await MissingIn(walk, direction, events).ConfigureAwait(false));
    }

    private static async ValueTask MeetCauses(LineageWalk walk, Envelope current, CausedEvents events)
    {
        foreach (var cause in CausedEvents.CausesOf(current))
        {
            if (cause.EventId is { } id && !walk.Holds(id) && await events.Find(id).ConfigureAwait(false) is { } found && !walk.TryAdd(found))
            {
                return;
            }
        }
    }

    private static async ValueTask MeetEffects(LineageWalk walk, Envelope current, CausedEvents events)
    {
        await foreach (var effect in events.EffectsOf(current.EventId).ConfigureAwait(false))
        {
            if (!walk.Holds(effect.EventId) && !walk.TryAdd(effect))
            {
                return;
            }
        }
    }

    // What the start of a walk to effects was caused by is no part of that walk.
    private static async ValueTask<IReadOnlyList<MissingCause>> MissingIn(LineageWalk walk, LineageDirection direction, CausedEvents events)
    {
        var missing = new List<MissingCause>();
        foreach (var envelope in walk.ByPosition.Where(e => direction == LineageDirection.Causes || e.EventId != walk.Start.EventId))
        {
            foreach (var cause in CausedEvents.CausesOf(envelope))
            {
                var isMissing = cause.EventId is not { } id || (!walk.Holds(id) && await events.Find(id).ConfigureAwait(false) is null);
                if (isMissing)
                {
                    missing.Add(new MissingCause(cause, envelope.EventId));
                }
            }
        }

        return missing;
    }
}
