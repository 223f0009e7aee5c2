using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>The saboteur: a journal that answers before it has committed, as some batching journals did. The check must catch it.</summary>
internal sealed class EarlyAcknowledgement(IJournalStorage journal) : IJournalStorage
{
    public ValueTask Open(CancellationToken cancellationToken) => journal.Open(cancellationToken);

    public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        _ = journal.Append(append, default).AsTask();
        return new(new AppendResult
        {
            AppendId = append.AppendId,
            FirstPosition = 0,
            LastPosition = 0,
            EventCount = append.EventCount,
            Streams = [],
            RecordedAt = DateTimeOffset.UnixEpoch,
        });
    }

    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => journal.Read(query, sink, cancellationToken);

    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => journal.ReadHead(cancellationToken);

    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => journal.ReadTypes(cancellationToken);

    public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) =>
        journal.Restore(rows, types, record, cancellationToken);

    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => journal.ReadRestores(cancellationToken);

    public ValueTask DisposeAsync() => journal.DisposeAsync();
}
