using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Passes every call on; what derives from it changes some of them, to disturb, to watch or to sabotage.</summary>
internal abstract class PassingStorage(IJournalStorage inner) : IJournalStorage
{
    protected IJournalStorage Inner => inner;

    public virtual ValueTask Open(CancellationToken cancellationToken) => inner.Open(cancellationToken);

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
}
