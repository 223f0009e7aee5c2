namespace Nagare;

/// <summary>The states that the rules of one search look at, kept from event to event so that each load folds only what is new.</summary>
internal sealed class StreamFolds(IEnvelopeReader reader, Position until) : IDisposable
{
    /// <summary>Most states kept; the one not asked for longest goes first and is folded from its beginning when it is asked for again.</summary>
    /// <remarks>More runs than this are not under way at once in one journal, and states of some 50 kB stay within 200 MB.</remarks>
    internal const int MaxKeptStates = 4_096;

    private readonly Dictionary<(Type Aggregate, StreamId Stream), LinkedListNode<KeptFold>> _kept = [];
    private readonly LinkedList<KeptFold> _byUse = [];

    // A rule may load two streams at once.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A stream folded up to and with the position of the latest event.</summary>
    public async ValueTask<TAggregate> Load<TAggregate>(StreamId stream, Envelope latest, CancellationToken cancellationToken)
        where TAggregate : IAggregate<TAggregate>
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var fold = Find<TAggregate>(stream);
            await fold.Advance(latest, cancellationToken).ConfigureAwait(false);
            return fold.State;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private KeptFold<TAggregate> Find<TAggregate>(StreamId stream)
        where TAggregate : IAggregate<TAggregate>
    {
        var key = (typeof(TAggregate), stream);
        if (_kept.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            if (_kept.Count == MaxKeptStates)
            {
                _kept.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            node = new LinkedListNode<KeptFold>(new KeptFold<TAggregate>(stream, reader, until));
            _kept.Add(key, node);
        }

        _byUse.AddFirst(node);
        return (KeptFold<TAggregate>)node.Value;
    }
}
