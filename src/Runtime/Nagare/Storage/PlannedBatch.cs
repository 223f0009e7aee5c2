namespace Nagare.Storage;

/// <summary>A batch while it is planned: what its winners so far have done to the head and to the streams.</summary>
internal ref struct PlannedBatch(JournalHead head, Func<string, StreamHead> readStreamHead, int mostEvents)
{
    private readonly long _firstPosition = head.Position + 1;
    private readonly PlannedEvent[] _events = new PlannedEvent[mostEvents];
    private int _count;

    // Most batches are one append to one stream, for which no dictionary is made.
    private (StreamId Id, StreamHead Head)? _firstStream;
    private Dictionary<StreamId, StreamHead>? _furtherStreams;

    // By id: two appends of one id, or of ids that overlap, may meet in one batch when a caller asks again while the first is queued.
    private SortedList<UInt128, Winner>? _winnersWithGivenIds;

    public JournalHead Head { get; private set; } = head;

    public readonly IReadOnlyList<PlannedEvent> Events => _count == _events.Length ? _events : new ArraySegment<PlannedEvent>(_events, 0, _count);

    public StreamHead StreamHead(StreamId stream)
    {
        if (_firstStream is { } first && first.Id == stream)
        {
            return first.Head;
        }

        if (_furtherStreams is null || !_furtherStreams.TryGetValue(stream, out var current))
        {
            current = readStreamHead(stream.ToString());
            SetStreamHead(stream, current);
        }

        return current;
    }

    private void SetStreamHead(StreamId stream, StreamHead head)
    {
        if (_firstStream is null || _firstStream.Value.Id == stream)
        {
            _firstStream = (stream, head);
        }
        else
        {
            (_furtherStreams ??= [])[stream] = head;
        }
    }

    /// <summary>The events of a winner in this batch whose ids the append would take again, or null.</summary>
    public readonly IReadOnlyList<StoredRow>? StoredWithin(PreparedAppend append)
    {
        if (!append.IsIdGiven || _winnersWithGivenIds is not { } winners)
        {
            return null;
        }

        // Winners' ids never overlap, so of those that start in time only the last can reach this far.
        var first = EventIds.Number(append.AppendId);
        var index = CountStartingBefore(winners, first + (UInt128)append.EventCount) - 1;
        return index >= 0 && first < winners.GetKeyAtIndex(index) + (UInt128)winners.GetValueAtIndex(index).Count
            ? RowsOf(winners.GetValueAtIndex(index))
            : null;
    }

    /// <summary>Why the append cannot be stored, or null.</summary>
    public NagareException? Refusal(PreparedAppend append)
    {
        for (var i = 0; i < append.Streams.Count; i++)
        {
            var stream = append.Streams[i];
            var current = StreamHead(stream.StreamId);
            if (!stream.Expected.IsMetBy(current.Version))
            {
                return new WrongExpectedVersionException(stream.StreamId, stream.Expected, current.Version);
            }

            if (stream.Events.Count > 0 && current.Family is { } family && family != stream.Events[0].Type.Family && !stream.Events[0].FormerFamilies.Contains(family))
            {
                return new EventModelException(
                    $"{stream.StreamId} holds events of the family '{family}'; an event of '{stream.Events[0].Type.Family}' was given to it. A stream's family is fixed by its first append.");
            }
        }

        return null;
    }

    /// <summary>Numbers the append's events.</summary>
    public AppendResult Add(PreparedAppend append)
    {
        // Never backwards: an instant maps to a position by binary search. An append without events has no time of its own.
        var recordedAt = append.EventCount == 0 ? Head.RecordedAt : Math.Max(Head.RecordedAt, append.Now);
        var first = append.EventCount == 0 ? Head.Position : Head.Position + 1;
        var position = Head.Position;
        var results = new StreamResult[append.Streams.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var stream = append.Streams[i];
            var (version, family) = StreamHead(stream.StreamId);
            for (var k = 0; k < stream.Events.Count; k++)
            {
                _events[_count++] = new PlannedEvent(++position, stream.StreamId, ++version, recordedAt, stream.Events[k]);
                family = stream.Events[k].Type.Family;
            }

            SetStreamHead(stream.StreamId, new StreamHead(version, family));
            results[i] = new StreamResult(stream.StreamId, version);
        }

        Head = new JournalHead(position, recordedAt);
        if (append.IsIdGiven && append.EventCount > 0)
        {
            (_winnersWithGivenIds ??= []).Add(EventIds.Number(append.AppendId), new Winner(first, append.EventCount));
        }

        return new AppendResult
        {
            AppendId = append.AppendId,
            FirstPosition = first,
            LastPosition = position,
            EventCount = append.EventCount,
            Streams = results,
            RecordedAt = UnixMicroseconds.ToInstant(recordedAt),
        };
    }

    private static int CountStartingBefore(SortedList<UInt128, Winner> winners, UInt128 id)
    {
        int low = 0, high = winners.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = winners.GetKeyAtIndex(middle) < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly List<StoredRow> RowsOf(Winner winner) =>
        [.. _events.AsSpan((int)(winner.FirstPosition - _firstPosition), winner.Count).ToArray().Select(e => e.ToRow())];

    private readonly record struct Winner(long FirstPosition, int Count);
}
