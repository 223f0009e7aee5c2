using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Tests.Tickets;

/// <summary>A storage that a test steers: it waits before each append, counts how often it is opened and closed, and fails as told.</summary>
internal sealed class WaitingStorage(IJournalStorage inner, Task? beforeAppend = null) : IJournalStorage
{
    public int Opened { get; private set; }

    public int Disposed { get; private set; }

    /// <summary>Runs before each append; may append something else, or throw.</summary>
    public Func<PreparedAppend, ValueTask>? BeforeAppend { get; set; }

    public Queue<Exception> FailuresToOpen { get; } = [];

    /// <summary>The queries made, in order.</summary>
    public List<StoredQuery> Queries { get; } = [];

    public ValueTask Open(CancellationToken cancellationToken)
    {
        Opened++;
        return FailuresToOpen.TryDequeue(out var failure) ? throw failure : inner.Open(cancellationToken);
    }

    public async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        await (beforeAppend ?? Task.CompletedTask);
        await (BeforeAppend?.Invoke(append) ?? ValueTask.CompletedTask);
        return await inner.Append(append, cancellationToken);
    }

    /// <summary>Acts as if it shared a transaction, which the storage inside does not.</summary>
    public ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken) => Append(append, cancellationToken);

    /// <summary>Acts as if it appended in a transaction of its caller.</summary>
    public ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken) => Append(append, cancellationToken);

    public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        Queries.Add(query);
        return inner.Read(query, sink, cancellationToken);
    }

    public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => inner.ReadHead(cancellationToken);

    public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => inner.ReadTypes(cancellationToken);

    public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) =>
        inner.Restore(rows, types, record, cancellationToken);

    public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => inner.ReadRestores(cancellationToken);

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return inner.DisposeAsync();
    }
}
