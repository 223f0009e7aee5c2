using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>A journal of which each saboteur changes one thing.</summary>
internal abstract class SabotagedStorage(IJournalStorage inner) : PassingStorage(inner)
{
    /// <summary>The same append with its streams, its id or its expectations changed.</summary>
    protected static PreparedAppend Change(PreparedAppend append, Guid? newId = null, Func<PreparedStream, ExpectedVersion>? expected = null, IReadOnlyList<PreparedStream>? streams = null)
    {
        var place = 0;
        var changed = (streams ?? append.Streams)
            .Select(stream => new PreparedStream
            {
                StreamId = stream.StreamId,
                Expected = expected?.Invoke(stream) ?? stream.Expected,
                Events = newId is { } id ? [.. stream.Events.Select(e => e with { EventId = EventIds.At(id, place++) })] : stream.Events,
            })
            .ToList();
        return new PreparedAppend
        {
            AppendId = newId ?? append.AppendId,
            IsIdGiven = newId is null && append.IsIdGiven,
            Streams = changed,
            Now = append.Now,
            EventCount = changed.Sum(stream => stream.Events.Count),
            Bytes = append.Bytes,
        };
    }

    /// <summary>The answer that an append would get, without storing it.</summary>
    protected async Task<AppendResult> Pretend(PreparedAppend append, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        foreach (var stream in append.Streams)
        {
            var newest = new StoredQuery { Path = StoredPath.Stream, Key = stream.StreamId.ToString(), Until = long.MaxValue, Direction = ReadDirection.Backwards, Limit = 1 };
            var page = await Inner.Page(newest, cancellationToken).ConfigureAwait(false);
            heads[newest.Key] = page is [var row] ? new StreamHead(row.Version, row.Family) : default;
        }

        var head = await Inner.ReadHead(cancellationToken).ConfigureAwait(false);
        var outcome = AppendPlanner.Plan(head, [append], stream => heads[stream], _ => []).Outcomes[0];
        return outcome.Result ?? throw outcome.Error!;
    }
}
