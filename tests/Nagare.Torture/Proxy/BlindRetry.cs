using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Torture;

/// <summary>The saboteur of the bad network: a writer that is soon out of patience, and asks again under another id. The check must catch it.</summary>
internal sealed class BlindRetry(IJournalStorage journal) : PassingStorage(journal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        var first = Inner.Append(append, cancellationToken).AsTask();
        try
        {
            return await first.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return await Inner.Append(UnderAnotherId(append), cancellationToken);
        }
    }

    private static PreparedAppend UnderAnotherId(PreparedAppend append)
    {
        var id = Guid.CreateVersion7();
        var place = 0;
        return new PreparedAppend
        {
            AppendId = id,
            IsIdGiven = append.IsIdGiven,
            Streams =
            [
                .. append.Streams.Select(stream => new PreparedStream
                {
                    StreamId = stream.StreamId,
                    Expected = stream.Expected,
                    Events = [.. stream.Events.Select(e => e with { EventId = EventIds.At(id, place++) })],
                }),
            ],
            Now = append.Now,
            EventCount = append.EventCount,
            Bytes = append.Bytes,
        };
    }
}
