using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Torture;

/// <summary>The saboteur of the kills: a journal that answers before it has committed, as some batching journals did. The check must catch it.</summary>
internal sealed class EarlyAcknowledgement(IJournalStorage journal) : PassingStorage(journal)
{
    public override ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        _ = Inner.Append(append, default).AsTask();
        return new(new AppendResult
        {
            AppendId = append.AppendId,
            FirstPosition = 0,
            LastPosition = 0,
            EventCount = append.EventCount,
            Streams = [],
            RecordedAt = DateTimeOffset.UnixEpoch,
        });
    }
}
