using System.Security.Cryptography;
using System.Text.Json;
using Nagare.Storage;

namespace Nagare.Benchmarks.Events;

/// <summary>What a raw technique puts into one row: the journal's own columns with the same kind of values, the content hash included.</summary>
internal sealed record RawEvent
{
    public const string Family = "bench";

    public const string Type = "tool-returned";

    public const string Actor = "agent:bench";

    public required string Stream { get; init; }

    public required long Version { get; init; }

    public required Guid EventId { get; init; }

    public required long RecordedAt { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] Hash { get; init; }

    public required byte[] Data { get; init; }

    /// <summary>Serializes and hashes, as whoever writes rows by hand has to.</summary>
    public static RawEvent Make(BenchEvent.ToolReturned e, string stream, long version)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(e, BenchJson.Default.ToolReturned);
        var salt = RandomNumberGenerator.GetBytes(ContentHash.SaltBytes);
        var hash = new byte[ContentHash.HashBytes];
        var id = Guid.CreateVersion7();
        var now = UnixMicroseconds.FromInstant(TimeProvider.System.GetUtcNow());
        ContentHash.Compute(
            new StoredEvent
            {
                Position = 0,
                StreamId = stream,
                Version = version,
                EventId = id,
                Family = Family,
                Type = Type,
                SchemaVersion = 1,
                Data = data,
                RecordedAt = now,
                Salt = salt,
                CorrelationId = stream,
                Actor = Actor,
            },
            hash);
        return new RawEvent { Stream = stream, Version = version, EventId = id, RecordedAt = now, Salt = salt, Hash = hash, Data = data };
    }
}
