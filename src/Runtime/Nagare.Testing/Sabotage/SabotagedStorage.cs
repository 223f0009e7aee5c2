using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Passes every call on; each saboteur changes one.</summary>
internal abstract class SabotagedStorage(IJournalStorage inner) : IJournalStorage
{
    protected IJournalStorage Inner => inner;

    public ValueTask Open(CancellationToken cancellationToken) => inner.Open(cancellationToken);

    public virtual ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken) => inner.Append(append, cancellationToken);

    public virtual ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken) => inner.Append(append, participate, cancellationToken);

    public virtual ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken) => inner.AppendIn(append, transaction, cancellationToken);

    public virtual ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => inner.Read(query, sink, cancellationToken);

    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => inner.ReadHead(cancellationToken);

    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => inner.ReadTypes(cancellationToken);

    public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) =>
        inner.Restore(rows, types, record, cancellationToken);

    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => inner.ReadRestores(cancellationToken);

    public virtual ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => inner.ReadSnapshot(stream, aggregate, cancellationToken);

    public virtual ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken) => inner.WriteSnapshot(snapshot, cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();

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
            var page = await inner.Page(newest, cancellationToken).ConfigureAwait(false);
            heads[newest.Key] = page is [var row] ? new StreamHead(row.Version, row.Family) : default;
        }

        var head = await inner.ReadHead(cancellationToken).ConfigureAwait(false);
        var outcome = AppendPlanner.Plan(head, [append], stream => heads[stream], _ => []).Outcomes[0];
        return outcome.Result ?? throw outcome.Error!;
    }
}
