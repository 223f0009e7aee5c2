namespace Nagare.CommandLine;

/// <summary>A stream in few words.</summary>
/// <param name="First">Its first event.</param>
internal sealed class StreamSummary(Envelope First)
{
    private readonly DateTimeOffset _firstRecorded = First.RecordedAt;
    private DateTimeOffset? _firstOccurred;
    private DateTimeOffset? _lastOccurred;

    public StreamId StreamId { get; } = First.StreamId;

    public string Family { get; } = First.Family;

    /// <summary>When it first happened as far as anybody said; otherwise when its first event was recorded.</summary>
    public DateTimeOffset FirstAt => _firstOccurred ?? _firstRecorded;

    /// <summary>When it last happened as far as anybody said; otherwise when its last event was recorded.</summary>
    public DateTimeOffset LastAt => _lastOccurred ?? Last.RecordedAt;

    /// <summary>What its first event says. Kept instead of the event, because there may be many streams.</summary>
    public required string FirstTitle { get; init; }

    public long Events { get; private set; }

    public Envelope Last { get; private set; } = First;

    public void Add(Envelope envelope)
    {
        Events++;
        Last = envelope;
        _firstOccurred ??= envelope.OccurredAt;
        _lastOccurred = envelope.OccurredAt ?? _lastOccurred;
    }
}

/// <summary>Lists the streams of a journal by reading it once, forward; what stays in memory is a few words and one event for each stream.</summary>
internal static class StreamListing
{
    /// <summary>The streams, in the order of their first events.</summary>
    public static async Task<List<StreamSummary>> Read(OpenJournal opened, JournalScope scope, IProgressDisplay progress, CancellationToken cancellationToken)
    {
        var explanations = opened.Explanations;
        var streams = new List<StreamSummary>();
        var byId = new Dictionary<StreamId, StreamSummary>();
        await foreach (var envelope in opened.Journal.Read(scope, cancellationToken).ConfigureAwait(false))
        {
            if (!byId.TryGetValue(envelope.StreamId, out var stream))
            {
                stream = new StreamSummary(envelope) { FirstTitle = explanations.Explain(envelope).Title };
                byId.Add(envelope.StreamId, stream);
                streams.Add(stream);
            }

            stream.Add(envelope);
            progress.Advance(1);
        }

        return streams;
    }
}
