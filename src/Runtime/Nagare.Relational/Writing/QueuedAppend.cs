namespace Nagare.Storage;

/// <summary>An append on its way through the queue, and the answer its caller waits for.</summary>
internal sealed class QueuedAppend
{
    // Callers go on elsewhere: the writer never runs their code.
    private readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueuedAppend(PreparedAppend append, long cameAt = 0)
    {
        Append = append;
        CameAt = cameAt;
        Node = new LinkedListNode<QueuedAppend>(this);
    }

    public PreparedAppend Append { get; }

    /// <summary>When it was asked for; 0 where nobody wants to know how long it waited.</summary>
    public long CameAt { get; }

    /// <summary>Its place in one of the queue's lists; in none once it is taken or withdrawn.</summary>
    public LinkedListNode<QueuedAppend> Node { get; }

    public Task<AppendResult> Answer => _answer.Task;

    public void Succeed(AppendResult result) => _answer.TrySetResult(result);

    public void Fail(Exception error) => _answer.TrySetException(error);

    /// <summary>Was withdrawn before the writer took it: it is surely not stored.</summary>
    public void Withdrawn(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);

    /// <summary>Its caller stops waiting while it is being written.</summary>
    public void Abandon() => _answer.TrySetException(
        new AppendOutcomeUnknownException(Append.AppendId, "the caller stopped waiting while it was being written"));
}
