using Nagare.Storage;

namespace Nagare;

/// <summary>Rebuilds an append's answer from its rows, without keeping them: an append's events have consecutive ids and positions.</summary>
internal sealed class StoredAppendSink(Guid appendId) : IStoredEventSink
{
    private readonly List<StreamResult> _streams = [];
    private long _first;
    private long _recordedAt;

    /// <summary>How many of its events were met.</summary>
    public int Count { get; private set; }

    /// <summary>The position of the last one met.</summary>
    public long Last { get; private set; }

    public bool Accept(in StoredEvent e)
    {
        if (e.EventId != EventIds.At(appendId, Count))
        {
            return false;
        }

        var result = new StreamResult(StreamId.FromStored(e.StreamId), e.Version);
        if (_streams.Count > 0 && _streams[^1].StreamId == result.StreamId)
        {
            _streams[^1] = result;
        }
        else
        {
            _streams.Add(result);
        }

        _first = Count++ == 0 ? e.Position : _first;
        (Last, _recordedAt) = (e.Position, e.RecordedAt);
        return true;
    }

    public AppendResult Result() => new()
    {
        AppendId = appendId,
        FirstPosition = _first,
        LastPosition = Last,
        EventCount = Count,
        Streams = _streams,
        RecordedAt = UnixMicroseconds.ToInstant(_recordedAt),
    };
}
