using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>A stream in few words, of which its events' payloads are no part.</summary>
internal sealed class StreamSummary(in StoredEvent first)
{
    private readonly long _firstRecorded = first.RecordedAt;
    private long? _firstOccurred;
    private long? _lastOccurred;
    private long _lastRecorded;

    public StreamId StreamId { get; } = StreamId.Parse(first.StreamId);

    public string Family { get; } = first.Family;

    public long Events { get; private set; }

    public Position FirstPosition { get; } = first.Position;

    public Position LastPosition { get; private set; }

    /// <summary>When it first happened as far as anybody said; otherwise when its first event was recorded.</summary>
    public DateTimeOffset FirstAt => UnixMicroseconds.ToInstant(_firstOccurred ?? _firstRecorded);

    /// <summary>When it last happened as far as anybody said; otherwise when its last event was recorded.</summary>
    public DateTimeOffset LastAt => UnixMicroseconds.ToInstant(_lastOccurred ?? _lastRecorded);

    public void Add(in StoredEvent e)
    {
        Events++;
        LastPosition = e.Position;
        _lastRecorded = e.RecordedAt;
        _firstOccurred ??= e.OccurredAt;
        _lastOccurred = e.OccurredAt ?? _lastOccurred;
    }
}
