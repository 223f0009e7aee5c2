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
    /// <param name="storedBefore">
    /// The rows stored under an append's event ids, in order, or none. Where the row after them continues the ids without a hole, that
    /// row too (one is enough): only by it is seen that fewer events came now than were stored then, which is another append under
    /// the same id and not a repetition. Asked only for appends with events whose id was given.
    /// </param>
    public static AppendPlan Plan(
        JournalHead head,
        IReadOnlyList<PreparedAppend> appends,
        Func<string, StreamHead> streamHead,
        Func<PreparedAppend, IReadOnlyList<StoredRow>> storedBefore)
    {
        ArgumentNullException.ThrowIfNull(appends);
        ArgumentNullException.ThrowIfNull(streamHead);
        ArgumentNullException.ThrowIfNull(storedBefore);
        var events = 0;
        for (var i = 0; i < appends.Count; i++)
        {
            events += appends[i].EventCount;
        }

        var batch = new PlannedBatch(head, streamHead, events);
        var outcomes = new AppendOutcome[appends.Count];
        for (var i = 0; i < appends.Count; i++)
        {
            outcomes[i] = Decide(ref batch, appends[i], storedBefore);
        }

        return new AppendPlan(outcomes, batch.Events, batch.Head);
    }

    private static AppendOutcome Decide(ref PlannedBatch batch, PreparedAppend append, Func<PreparedAppend, IReadOnlyList<StoredRow>> storedBefore)
    {
        // An append without events stores nothing under its id, so there is nothing that it could repeat.
        if (append.EventCount > 0)
        {
            if (batch.StoredWithin(append) is { } within)
            {
                return Repeat(ref batch, append, within);
            }

            if (append.IsIdGiven && storedBefore(append) is { Count: > 0 } before)
            {
                return Repeat(ref batch, append, before);
            }
        }

        return batch.Refusal(append) is { } refusal
            ? AppendOutcome.Failed(append, refusal)
            : AppendOutcome.Succeeded(append, batch.Add(append));
    }

    private static AppendOutcome Repeat(ref PlannedBatch batch, PreparedAppend append, IReadOnlyList<StoredRow> stored)
    {
        if (AppendComparison.Difference(append, stored) is { } difference)
        {
            return AppendOutcome.Failed(append, new AppendIdReusedException(append.AppendId, difference));
        }

        var first = AppendComparison.Result(append.AppendId, stored);
        return AppendOutcome.Succeeded(append, first with { WasStoredBefore = true, Streams = EveryStream(ref batch, append, first.Streams) });
    }

    // The rows tell of the streams that got events; a stream that got none then is where it is now.
    private static IReadOnlyList<StreamResult> EveryStream(ref PlannedBatch batch, PreparedAppend append, IReadOnlyList<StreamResult> withEvents)
    {
        if (withEvents.Count == append.Streams.Count)
        {
            return withEvents;
        }

        var versions = withEvents.ToDictionary(result => result.StreamId, result => result.Version);
        var every = new StreamResult[append.Streams.Count];
        for (var i = 0; i < every.Length; i++)
        {
            var stream = append.Streams[i].StreamId;
            every[i] = new StreamResult(stream, versions.TryGetValue(stream, out var version) ? version : batch.StreamHead(stream).Version);
        }

        return every;
    }
}
