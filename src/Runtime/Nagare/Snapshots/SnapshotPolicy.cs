namespace Nagare;

/// <summary>When an aggregate's states are kept as snapshots, and how.</summary>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public sealed record SnapshotPolicy<TAggregate>
{
    private readonly int _every = 100;
    private readonly int _version = 1;

    /// <summary>How many events may lie between two snapshots of a stream, from 1.</summary>
    public required int Every
    {
        get => _every;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _every = value;
        }
    }

    /// <summary>
    /// The version of the fold, from 1: raise it where <c>Apply</c>, an upcaster or what they call gives another state for the same events. Shapes of state
    /// and events are looked after by themselves.
    /// </summary>
    public int Version
    {
        get => _version;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _version = value;
        }
    }

    /// <summary>Reads and writes the state.</summary>
    public required SnapshotCodec<TAggregate> Codec { get; init; }
}
