namespace Nagare;

/// <summary>The caller's code in an append's transaction took longer than it may. Nothing was stored.</summary>
public sealed class ParticipationTimeoutException(Guid appendId, TimeSpan limit, Exception? inner = null)
    : JournalException($"The code that takes part in append {appendId} was not done after {limit.TotalSeconds:0.###} s, while every other writer waited. Nothing was stored; do less in it, or allow more by AppendQueueLimits.ParticipationTime.", inner)
{
    /// <summary>The append's id.</summary>
    public Guid AppendId { get; } = appendId;

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; } = limit;
}

/// <summary>
/// A journal cannot append in the transaction it was given, or cannot share one at all: it has ended, is of another database or isolation
/// level, or the storage has none. Nothing was stored, and the transaction is as it was.
/// </summary>
public sealed class JournalTransactionException(string message, Exception? inner = null) : JournalException(message, inner);
