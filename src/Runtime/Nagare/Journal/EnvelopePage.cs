using System.Runtime.ExceptionServices;
using Nagare.Storage;

namespace Nagare;

/// <summary>Takes one page of events as envelopes: at most a page's worth of events and of bytes.</summary>
internal sealed class EnvelopePage(EventDecoder decoder, ScopeFilter filter, ReadDirection direction) : IStoredEventSink
{
    /// <summary>A page ends after this many bytes of payload, so that a thousand large payloads are never held at once.</summary>
    private const long MaxPageBytes = 4 * 1024 * 1024;

    private readonly List<Envelope> _envelopes = [];
    private long _bytes;
    private bool _isFull;
    private bool _isBeyondScope;
    private ExceptionDispatchInfo? _error;
    private (long Position, long Version, long OccurredAt) _last;

    public IReadOnlyList<Envelope> Envelopes => _envelopes;

    public bool Accept(in StoredEvent e)
    {
        _last = (e.Position, e.Version, e.OccurredAt.GetValueOrDefault());
        switch (filter.Judge(in e))
        {
            case Verdict.Stop:
                _isBeyondScope = true;
                return false;
            case Verdict.Skip:
                return true;
        }

        try
        {
            // What an upcaster made of an event stands together, and backwards the other way round.
            var envelopes = decoder.Envelopes(in e);
            _envelopes.AddRange(direction == ReadDirection.Backwards ? envelopes.Reverse() : envelopes);
            _bytes += e.Data.Length;
        }
        catch (NagareException error)
        {
            // What stands before it on the page is given first; the error follows where the event stands.
            _error = ExceptionDispatchInfo.Capture(error);
        }

        _isFull = _bytes >= MaxPageBytes;
        return !_isFull && _error is null;
    }

    /// <summary>Throws what was met where the page ended, if anything.</summary>
    public void ThrowIfFailed() => _error?.Throw();

    /// <summary>Whether another page may follow one on which this many events were read.</summary>
    public bool HasMore(int read, int limit) => !_isBeyondScope && (_isFull || read == limit);

    /// <summary>The query for what follows, and room for it.</summary>
    public StoredQuery Next(StoredQuery query)
    {
        _envelopes.Clear();
        (_bytes, _isFull) = (0, false);
        return ScopePath.Continue(query, _last.Position, _last.Version, _last.OccurredAt);
    }
}
