using Nagare.Storage;

namespace Nagare;

/// <summary>Events by their ids and by their causes.</summary>
internal sealed class CausedEvents(IEnvelopeReader reader, CancellationToken cancellationToken)
{
    // Asked once: many events may name the same cause.
    private readonly HashSet<Guid> _lost = [];

    /// <summary>The immediate parent, then the further causes, each once.</summary>
    public static IEnumerable<CausationId> CausesOf(Envelope envelope)
    {
        var causes = envelope.Metadata.FurtherCauses.AsEnumerable();
        return (envelope.Metadata.CausationId is { } parent ? causes.Prepend(parent) : causes).Distinct();
    }

    /// <summary>The event of this id, left out today or not; null where the journal holds none.</summary>
    public async ValueTask<Envelope?> Find(Guid eventId)
    {
        if (_lost.Contains(eventId))
        {
            return null;
        }

        var query = new StoredQuery { Path = StoredPath.EventId, KeyBytes = eventId.ToByteArray(bigEndian: true), Until = long.MaxValue, Limit = 1 };
        await foreach (var envelope in reader.ReadStored(query, cancellationToken).ConfigureAwait(false))
        {
            return envelope;
        }

        _lost.Add(eventId);
        return null;
    }

    /// <summary>The events that name this one as parent or as further cause, by position.</summary>
    public IAsyncEnumerable<Envelope> EffectsOf(Guid eventId) =>
        reader.ReadStored(new StoredQuery { Path = StoredPath.Cause, KeyBytes = new CausationId(eventId).ToBytes(), Until = long.MaxValue, Limit = int.MaxValue }, cancellationToken);
}
