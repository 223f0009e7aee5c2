using Nagare.Storage;

namespace Nagare;

/// <summary>One stream's state in a search, which moves forward with it.</summary>
/// <remarks>
/// A search that reads the stream itself feeds the state directly and costs no query. Where it does not (another stream, or a scope
/// that begins in the middle or leaves events out), the stream is read beside it, a little further than asked: as long as the next
/// event known lies behind the asked position, nothing can have changed. The read-ahead doubles, so that a stream of n events costs
/// about n divided by <see cref="MaxReadAheadEvents"/> queries, however often it is asked for.
/// </remarks>
internal abstract class KeptFold
{
    /// <summary>Most events held in advance.</summary>
    internal const int MaxReadAheadEvents = 256;

    public abstract (Type Aggregate, StreamId Stream) Key { get; }
}

internal sealed class KeptFold<TAggregate>(StreamId stream, IEnvelopeReader reader, Position until) : KeptFold
    where TAggregate : IAggregate<TAggregate>
{
    private readonly Queue<Envelope> _ahead = new();
    private int _readAhead = 1;
    private bool _isReadToEnd;
    private StreamVersion _version;
    private Position _position;

    public override (Type Aggregate, StreamId Stream) Key => (typeof(TAggregate), stream);

    public TAggregate State { get; private set; } = TAggregate.Fold.Initial;

    /// <summary>Folds up to and with the position of an event.</summary>
    public async ValueTask Advance(Envelope latest, CancellationToken cancellationToken)
    {
        // A search in occurred order may step back in position; a fold cannot.
        if (latest.Position < _position)
        {
            Restart();
        }

        if (latest.StreamId == stream && latest.Version.Value == _version.Value + 1)
        {
            Evolve(latest);
            while (_ahead.TryPeek(out var known) && known.Version == latest.Version)
            {
                _ahead.Dequeue();
            }
        }

        FoldAhead(latest.Position);
        if (_ahead.Count == 0 && !_isReadToEnd && !(latest.StreamId == stream && latest.Version == _version))
        {
            await ReadOn(latest, cancellationToken).ConfigureAwait(false);
        }

        _position = latest.Position;
    }

    private void Restart()
    {
        State = TAggregate.Fold.Initial;
        _version = default;
        _ahead.Clear();
        _isReadToEnd = false;
    }

    private void FoldAhead(Position position)
    {
        while (_ahead.TryPeek(out var next) && next.Position <= position)
        {
            Evolve(_ahead.Dequeue());
        }
    }

    private async ValueTask ReadOn(Envelope latest, CancellationToken cancellationToken)
    {
        // How far to read is known in the event's own stream; of another only the positions tell.
        var isOwn = latest.StreamId == stream;
        var query = new StoredQuery
        {
            Path = StoredPath.Stream,
            Key = stream.ToString(),
            After = _version.Value,
            Until = isOwn ? latest.Version.Value + _readAhead : long.MaxValue,
            Detail = StoredDetail.Fold,
            Limit = int.MaxValue,
        };
        await foreach (var envelope in reader.Read(query, cancellationToken).ConfigureAwait(false))
        {
            if (envelope.Position <= latest.Position)
            {
                Evolve(envelope);
                continue;
            }

            // Beyond the end of the search nothing will ever be asked for.
            if (envelope.Position > until)
            {
                break;
            }

            _ahead.Enqueue(envelope);
            if (_ahead.Count == _readAhead)
            {
                _readAhead = Math.Min(_readAhead * 2, MaxReadAheadEvents);
                return;
            }
        }

        _isReadToEnd = !isOwn;
    }

    // A version that an upcaster split is folded as one, with its first part: no load ever shows a state between its parts.
    private void Evolve(Envelope envelope)
    {
        if (envelope.Version == _version)
        {
            return;
        }

        foreach (var part in envelope.Parts)
        {
            if (!TAggregate.Fold.EventBase.IsInstanceOfType(part.Event))
            {
                throw new EventModelException($"{stream} holds {part.Event.GetType()} at v{part.Version}, which {typeof(TAggregate)} does not fold. Load it as the aggregate of the family '{part.Family}'.");
            }

            State = TAggregate.Fold.Evolve(State, part.Event);
        }

        _version = envelope.Version;
    }
}
