using System.Collections.Concurrent;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Keeps no snapshot that it is given.</summary>
internal sealed class KeepsNoSnapshots(IJournalStorage inner) : SabotagedStorage(inner)
{
    public override ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken) => default;
}

/// <summary>Makes every snapshot look like one of this journal and of this build: what a reader does that checks nothing.</summary>
internal sealed class TrustsEverySnapshot(IJournalStorage inner) : SabotagedStorage(inner)
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _schemaHashes = new();

    public override ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        _schemaHashes.TryAdd(snapshot.Aggregate, snapshot.SchemaHash);
        return base.WriteSnapshot(snapshot, cancellationToken);
    }

    public override async ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken)
    {
        if (await base.ReadSnapshot(stream, aggregate, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        var trusted = found.Snapshot with { StreamId = stream, Aggregate = aggregate, SchemaHash = _schemaHashes.GetValueOrDefault(aggregate, found.Snapshot.SchemaHash) };
        return new FoundSnapshot(trusted with { Checksum = trusted.ComputeChecksum() }, trusted.EventId);
    }
}
