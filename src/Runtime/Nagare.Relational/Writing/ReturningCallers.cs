namespace Nagare.Storage;

/// <summary>
/// Lets callers who were answered a moment ago come back with their next append before a batch is taken. A batch is what came while the one before it was
/// stored, so without this callers who append in a loop fall into two halves that wait for each other's commit, and each half pays for a flush.
/// </summary>
/// <remarks>
/// The database idles meanwhile. For 8 callers that is much less than a commit: on MySQL they store 1.3 to 1.5 times as many, on PostgreSQL 1.25 times. For 32
/// it is about as much and for 128 more, so it is left alone there. Who does not come back costs a few turns of a pool that has nothing else to do.
/// </remarks>
internal sealed class ReturningCallers(AppendQueue queue, TimeProvider clock)
{
    // One caller, or two who alternate, have nobody to wait for.
    private const int FewestCallers = 3;
    private const int MostCallers = 16;

    // After so many turns of the thread pool without another append, nobody comes.
    private const int IdleTurns = 4;

    // Of the time that the batch before took.
    private const int Share = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(300);

    private int _lastBatch;
    private int _callers;
    private TimeSpan _patience;

    /// <summary>Whether the last appends were one caller's, as far as can be told.</summary>
    public bool IsOne => _callers is > 0 and < FewestCallers;

    /// <summary>Notes a batch whose callers were answered.</summary>
    /// <param name="appends">How many it had.</param>
    /// <param name="begun">When storing it began.</param>
    public void Note(int appends, long begun)
    {
        var share = clock.GetElapsedTime(begun) / Share;
        _patience = share < Longest ? share : Longest;
        _callers = _lastBatch + appends;
        _lastBatch = appends;
    }

    /// <summary>Waits for them, as long as some come and it is worth it. Work is there already.</summary>
    public ValueTask Wait() => _callers is >= FewestCallers and <= MostCallers && queue.QueuedAppends < _callers ? WaitForMore() : default;

    private async ValueTask WaitForMore()
    {
        var begun = clock.GetTimestamp();
        var queued = queue.QueuedAppends;
        for (var idle = 0; idle < IdleTurns && queued < _callers && clock.GetElapsedTime(begun) < _patience;)
        {
            // Behind whatever the pool has to do, callers first of all.
            await Task.Yield();
            var now = queue.QueuedAppends;
            idle = now > queued ? 0 : idle + 1;
            queued = now;
        }
    }
}
