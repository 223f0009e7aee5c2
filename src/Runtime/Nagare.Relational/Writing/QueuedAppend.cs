namespace Nagare.Storage;

/// <summary>An append on its way through the queue, and the answer its caller waits for.</summary>
internal sealed class QueuedAppend : TaskCompletionSource<AppendResult>
{
    // Callers go on elsewhere: the writer never runs their code.
    public QueuedAppend(PreparedAppend append, Participation? participation = null, long cameAt = 0)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Append = append;
        Participation = participation;
        CameAt = cameAt;
        Node = new LinkedListNode<QueuedAppend>(this);
    }

    public PreparedAppend Append { get; private set; }

    /// <summary>Whether an attempt to store it was cut off and may arrive yet.</summary>
    public bool MayArriveYet { get; private set; }

    /// <summary>The caller's code in its transaction, or null. It is committed alone.</summary>
    public Participation? Participation { get; }

    /// <summary>When it was asked for; 0 where nobody wants to know how long it waited.</summary>
    public long CameAt { get; }

    /// <summary>Its place in one of the queue's lists; in none once it is taken or withdrawn.</summary>
    public LinkedListNode<QueuedAppend> Node { get; }

    // What an attempt of our own stored was not stored before the call.
    public void Succeed(AppendResult result) => TrySetResult(MayArriveYet && result.WasStoredBefore ? result with { WasStoredBefore = false } : result);

    public void Fail(Exception error) => TrySetException(error);

    /// <summary>An attempt was cut off: from now on it is looked for by its id, as if its caller had given one.</summary>
    public void ExpectLateArrival()
    {
        MayArriveYet = true;
        Append = new PreparedAppend
        {
            AppendId = Append.AppendId,
            IsIdGiven = true,
            Streams = Append.Streams,
            Now = Append.Now,
            EventCount = Append.EventCount,
            Bytes = Append.Bytes,
        };
    }

    /// <summary>Was withdrawn before the writer took it, or given up before its commit began: it is surely not stored.</summary>
    public void Withdrawn(CancellationToken cancellationToken) => TrySetCanceled(cancellationToken);

    /// <summary>Its caller stops waiting while it is being written.</summary>
    public void Abandon() => TrySetException(
        new AppendOutcomeUnknownException(Append.AppendId, "the caller stopped waiting while it was being written"));
}
