using System.Data.Common;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Tests.Tickets;

/// <summary>A storage that a test steers: it waits before each append, counts how often it is opened and closed, and fails as told.</summary>
internal sealed class WaitingStorage(IJournalStorage inner, Task? beforeAppend = null) : PassingStorage(inner)
{
    public int Opened { get; private set; }

    public int Disposed { get; private set; }

    /// <summary>Runs before each append; may append something else, or throw.</summary>
    public Func<PreparedAppend, ValueTask>? BeforeAppend { get; set; }

    public Queue<Exception> FailuresToOpen { get; } = [];

    /// <summary>The queries made, in order.</summary>
    public List<StoredQuery> Queries { get; } = [];

    public override ValueTask Open(CancellationToken cancellationToken)
    {
        Opened++;
        return FailuresToOpen.TryDequeue(out var failure) ? throw failure : base.Open(cancellationToken);
    }

    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        await (beforeAppend ?? Task.CompletedTask);
        await (BeforeAppend?.Invoke(append) ?? ValueTask.CompletedTask);
        return await base.Append(append, cancellationToken);
    }

    /// <summary>Acts as if it shared a transaction, which the storage inside does not.</summary>
    public override ValueTask<AppendResult> Append(PreparedAppend append, AppendParticipant participate, CancellationToken cancellationToken) => Append(append, cancellationToken);

    /// <summary>Acts as if it appended in a transaction of its caller.</summary>
    public override ValueTask<AppendResult> AppendIn(PreparedAppend append, DbTransaction transaction, CancellationToken cancellationToken) => Append(append, cancellationToken);

    public override ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken)
    {
        Queries.Add(query);
        return base.Read(query, sink, cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        Disposed++;
        return base.DisposeAsync();
    }
}
