using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>Passes every call on; each saboteur changes how it appends.</summary>
internal abstract class PassingJournal(IJournalStorage journal) : IJournalStorage
{
    protected IJournalStorage Inner => journal;

    public virtual ValueTask Open(CancellationToken cancellationToken) => journal.Open(cancellationToken);

    public abstract ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken);

    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => journal.Read(query, sink, cancellationToken);

    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => journal.ReadHead(cancellationToken);

    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => journal.ReadTypes(cancellationToken);

    public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) =>
        journal.Restore(rows, types, record, cancellationToken);

    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => journal.ReadRestores(cancellationToken);

    public virtual ValueTask DisposeAsync() => journal.DisposeAsync();
}
