namespace Nagare.Storage;

/// <summary>An append on its way through the queue, and the answer its caller waits for.</summary>
/// <remarks>
/// What the answer is gets decided once, by the writer or by a caller that gives up. Telling it is another step, because whoever tells it runs the caller's
/// code, up to where that waits: elsewhere, on a thread of the pool, unless nobody waits for the thread that tells it.
/// </remarks>
internal sealed class QueuedAppend : TaskCompletionSource<AppendResult>, IThreadPoolWorkItem
{
    private readonly bool _needsNoPool;

    // The result, the error, or the token that took it back.
    private object? _answer;

    /// <param name="append">What is to be stored.</param>
    /// <param name="participation">The caller's code in its transaction, or null.</param>
    /// <param name="cameAt">When it was asked for; 0 where nobody wants to know how long it waited.</param>
    /// <param name="needsNoPool">
    /// Whether a caller that blocks its thread is told directly, without a thread of the pool, which may have none left where many block. Then nobody is told
    /// on a thread that goes on as the caller.
    /// </param>
    public QueuedAppend(PreparedAppend append, Participation? participation = null, long cameAt = 0, bool needsNoPool = false)
        : base(needsNoPool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None)
    {
        _needsNoPool = needsNoPool;
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

    public void Succeed(AppendResult result)
    {
        if (Decide(Own(result)))
        {
            TellElsewhere();
        }
    }

    /// <summary>The same, without telling it. False where it was answered already.</summary>
    public bool SucceedUntold(AppendResult result) => Decide(Own(result));

    public void Fail(Exception error)
    {
        if (Decide(error))
        {
            TellElsewhere();
        }
    }

    /// <summary>Tells the answer without going on as the caller: on a thread of the pool.</summary>
    public void TellElsewhere()
    {
        if (_needsNoPool)
        {
            Tell();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    /// <summary>Tells the answer on this thread, which goes on as the caller.</summary>
    public void Tell()
    {
        switch (_answer)
        {
            case AppendResult result:
                TrySetResult(result);
                break;
            case CancellationToken token:
                TrySetCanceled(token);
                break;
            default:
                TrySetException((Exception)_answer!);
                break;
        }
    }

    void IThreadPoolWorkItem.Execute() => Tell();

    private bool Decide(object answer) => Interlocked.CompareExchange(ref _answer, answer, null) is null;

    // What an attempt of our own stored was not stored before the call.
    private AppendResult Own(AppendResult result) => MayArriveYet && result.WasStoredBefore ? result with { WasStoredBefore = false } : result;

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
    public void Withdrawn(CancellationToken cancellationToken)
    {
        if (Decide(cancellationToken))
        {
            TellElsewhere();
        }
    }

    /// <summary>Its caller stops waiting while it is being written.</summary>
    public void Abandon() => Fail(new AppendOutcomeUnknownException(Append.AppendId, "the caller stopped waiting while it was being written"));
}
