namespace Nagare.Storage;

/// <summary>Decides which appends of a batch win, and numbers their events.</summary>
/// <remarks>
/// A pure function over what was read under the head lock, so every journal decides alike: SQL providers and the in-memory journal
/// differ only in how they read these values and store the result. Losers burn no position.
/// </remarks>
public static class AppendPlanner
{
    /// <summary>Plans a batch in its order; an append sees the versions that the winners before it left.</summary>
    /// <param name="head">The journal's head, read under the lock.</param>
    /// <param name="appends">The appends.</param>
    /// <param name="streamHead">Where a stream stands, by the text of its id, read under the same lock.</param>
    /// <param name="storedBefore">The rows stored under an append's event ids, in order, or none; asked only for appends whose id was given.</param>
    public static AppendPlan Plan(
        JournalHead head,
        IReadOnlyList<PreparedAppend> appends,
        Func<string, StreamHead> streamHead,
        Func<PreparedAppend, IReadOnlyList<StoredRow>> storedBefore)
    {
        ArgumentNullException.ThrowIfNull(appends);
        ArgumentNullException.ThrowIfNull(streamHead);
        ArgumentNullException.ThrowIfNull(storedBefore);
        var batch = new Batch(head, streamHead);
        var outcomes = new AppendOutcome[appends.Count];
        var winnersById = new Dictionary<Guid, PreparedAppend>();
        for (var i = 0; i < appends.Count; i++)
        {
            var append = appends[i];
            outcomes[i] = winnersById.TryGetValue(append.AppendId, out var first)
                ? RepeatWithin(batch, first, append, outcomes)
                : Decide(batch, append, append.IsIdGiven ? storedBefore(append) : []);
            if (outcomes[i].Result is { WasStoredBefore: false } && append.EventCount > 0)
            {
                winnersById[append.AppendId] = append;
            }
        }

        return new AppendPlan(outcomes, batch.Events, batch.Head);
    }

    private static AppendOutcome Decide(Batch batch, PreparedAppend append, IReadOnlyList<StoredRow> stored)
    {
        if (stored.Count > 0)
        {
            return AppendComparison.Difference(append, stored) is { } difference
                ? AppendOutcome.Failed(append, new AppendIdReusedException(append.AppendId, difference))
                : AppendOutcome.Succeeded(append, AppendComparison.Result(append.AppendId, stored) with { WasStoredBefore = true });
        }

        foreach (var stream in append.Streams)
        {
            var current = batch.StreamHead(stream.StreamId);
            if (!stream.Expected.IsMetBy(current.Version))
            {
                return AppendOutcome.Failed(append, new WrongExpectedVersionException(stream.StreamId, stream.Expected, current.Version));
            }

            if (stream.Events.Count > 0 && current.Family is { } family && family != stream.Events[0].Type.Family)
            {
                return AppendOutcome.Failed(append, new EventModelException(
                    $"{stream.StreamId} holds events of the family '{family}'; an event of '{stream.Events[0].Type.Family}' was given to it. A stream's family is fixed by its first append."));
            }
        }

        return AppendOutcome.Succeeded(append, batch.Add(append));
    }

    // Two appends of one id meet in one batch when a caller asks again while the first is still queued.
    private static AppendOutcome RepeatWithin(Batch batch, PreparedAppend first, PreparedAppend again, AppendOutcome[] outcomes)
    {
        var firstResult = outcomes.First(outcome => ReferenceEquals(outcome.Append, first)).Result!;
        return AppendComparison.Difference(again, batch.RowsOf(firstResult)) is { } difference
            ? AppendOutcome.Failed(again, new AppendIdReusedException(again.AppendId, difference))
            : AppendOutcome.Succeeded(again, firstResult with { WasStoredBefore = true });
    }

    private sealed class Batch(JournalHead head, Func<string, StreamHead> readStreamHead)
    {
        private readonly long _firstPosition = head.Position + 1;
        private readonly Dictionary<StreamId, StreamHead> _streams = [];

        public JournalHead Head { get; private set; } = head;

        public List<PlannedEvent> Events { get; } = [];

        public StreamHead StreamHead(StreamId stream)
        {
            if (!_streams.TryGetValue(stream, out var current))
            {
                current = readStreamHead(stream.ToString());
                _streams.Add(stream, current);
            }

            return current;
        }

        public AppendResult Add(PreparedAppend append)
        {
            // Never backwards: an instant maps to a position by binary search.
            var recordedAt = append.EventCount == 0 ? Head.RecordedAt : Math.Max(Head.RecordedAt, append.Now);
            var first = append.EventCount == 0 ? Head.Position : Head.Position + 1;
            var position = Head.Position;
            var results = new StreamResult[append.Streams.Count];
            for (var i = 0; i < results.Length; i++)
            {
                var stream = append.Streams[i];
                var (version, family) = StreamHead(stream.StreamId);
                foreach (var e in stream.Events)
                {
                    Events.Add(new PlannedEvent(++position, stream.StreamId, ++version, recordedAt, e));
                    family = e.Type.Family;
                }

                _streams[stream.StreamId] = new StreamHead(version, family);
                results[i] = new StreamResult(stream.StreamId, version);
            }

            Head = new JournalHead(position, recordedAt);
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

        public IReadOnlyList<StoredRow> RowsOf(AppendResult result) =>
            [.. Events.GetRange((int)(result.FirstPosition.Value - _firstPosition), result.EventCount).Select(e => e.ToRow())];
    }
}
