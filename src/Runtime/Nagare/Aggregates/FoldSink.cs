using Nagare.Storage;

namespace Nagare;

/// <summary>Folds events as they are read, one call an event and nothing kept: what a load costs beyond reading and decoding is what stands here.</summary>
internal sealed class FoldSink<TAggregate>(AggregateFold<TAggregate> fold, EventFamily family, EventDecoder decoder, FoldBound bound, FoldStart<TAggregate>? start) : IStoredEventSink
{
    public TAggregate State { get; private set; } = start is null ? fold.Initial : start.State;

    /// <summary>The last version met, whether or not the event was known and anything is left of it.</summary>
    public long Version { get; private set; } = start?.Version ?? 0;

    /// <summary>The position of that event.</summary>
    public long Position { get; private set; } = start?.Position ?? 0;

    /// <summary>When that event was recorded, Unix microseconds.</summary>
    public long RecordedAt { get; private set; } = start?.RecordedAt ?? 0;

    /// <summary>Whether an event beyond the bound was met.</summary>
    public bool IsDone { get; private set; }

    public bool Accept(in StoredEvent e)
    {
        if (e.Position > bound.Position || e.RecordedAt > bound.RecordedAt)
        {
            IsDone = true;
            return false;
        }

        if (!family.IsStoredAs(e.Family))
        {
            throw new EventModelException($"{e.StreamId} holds events of the family '{e.Family}'; {typeof(TAggregate)} folds '{family.Name}'.");
        }

        var events = decoder.Events(in e);
        for (var i = 0; i < events.Count; i++)
        {
            State = fold.Evolve(State, events[i]);
        }

        (Version, Position, RecordedAt) = (e.Version, e.Position, e.RecordedAt);
        return true;
    }
}

/// <summary>How far a fold goes, all inclusive.</summary>
/// <param name="Version">The last version.</param>
/// <param name="Position">The last position.</param>
/// <param name="RecordedAt">The last recorded time, Unix microseconds.</param>
internal readonly record struct FoldBound(long Version, long Position, long RecordedAt)
{
    public static FoldBound None { get; } = new(long.MaxValue, long.MaxValue, long.MaxValue);
}
