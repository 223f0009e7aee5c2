using System.Threading.Channels;

namespace Nagare.Testing;

/// <summary>Keeps what it hears of snapshots, and waits for the next that is written.</summary>
internal sealed class SnapshotLedger : ISnapshotObserver
{
    private readonly Channel<(string Aggregate, StreamVersion Version)> _written = Channel.CreateUnbounded<(string, StreamVersion)>();
    private readonly Lock _gate = new();
    private List<(StreamVersion Version, SnapshotFault? Fault)> _heard = [];

    /// <summary>The snapshots used (without a fault) and passed over since this was asked last.</summary>
    public IReadOnlyList<(StreamVersion Version, SnapshotFault? Fault)> Take()
    {
        lock (_gate)
        {
            var heard = _heard;
            _heard = [];
            return heard;
        }
    }

    /// <summary>The next snapshot written, with the name under which the aggregate's are kept.</summary>
    public ValueTask<(string Aggregate, StreamVersion Version)> NextWritten(CancellationToken cancellationToken) => _written.Reader.ReadAsync(cancellationToken);

    public void Used(string aggregate, StreamId stream, StreamVersion version) => Hear(version, null);

    public void Ignored(string aggregate, StreamId stream, StreamVersion version, SnapshotFault fault) => Hear(version, fault);

    public void Written(string aggregate, StreamId stream, StreamVersion version) => _written.Writer.TryWrite((aggregate, version));

    // Who waits for a snapshot that is not written hears why.
    public void Failed(string aggregate, StreamId stream, StreamVersion version, Exception? error) =>
        _written.Writer.TryComplete(new ConformanceException("a snapshot is written behind the load that offered it", $"the one of {stream} at version {version} was not: {error?.Message ?? "too many waited"}", error));

    private void Hear(StreamVersion version, SnapshotFault? fault)
    {
        lock (_gate)
        {
            _heard.Add((version, fault));
        }
    }
}
