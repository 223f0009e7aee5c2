namespace Nagare.Storage;

/// <summary>A caller's code that takes part in an append did not end when its time was over, and holds the connection.</summary>
internal sealed class StuckParticipantException(Task work, ParticipationTimeoutException timeout) : Exception(timeout.Message, timeout)
{
    /// <summary>The code, still running.</summary>
    public Task Work => work;

    /// <summary>What its caller is told.</summary>
    public ParticipationTimeoutException Timeout => timeout;
}
