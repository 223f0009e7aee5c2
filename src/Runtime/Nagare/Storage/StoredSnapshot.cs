using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nagare.Storage;

/// <summary>A state as it was at a version of its stream: kept so that a load need not fold everything, and believed only as far as the journal bears it out.</summary>
public sealed record StoredSnapshot
{
    /// <summary>The stream's text.</summary>
    public required string StreamId { get; init; }

    /// <summary>The name of the aggregate, at most 255 bytes of UTF-8: each aggregate over a stream has a snapshot of its own.</summary>
    public required string Aggregate { get; init; }

    /// <summary>The version of the last event in the state, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>That event's position.</summary>
    public required long Position { get; init; }

    /// <summary>When that event was recorded, Unix microseconds.</summary>
    public required long RecordedAt { get; init; }

    /// <summary>That event's id: by it a snapshot is told from one of another history of the stream.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The hash over the shapes of the state and of its events, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> SchemaHash { get; init; }

    /// <summary>The state.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>What <see cref="ComputeChecksum"/> gave when it was written, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Checksum { get; init; }

    /// <summary>A SHA-256 over all of it but the checksum itself, each part behind its length.</summary>
    public byte[] ComputeChecksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add("nagare-snapshot-1"u8);
        Add(Encoding.UTF8.GetBytes(StreamId));
        Add(Encoding.UTF8.GetBytes(Aggregate));
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var value in (ReadOnlySpan<long>)[Version, Position, RecordedAt])
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            Add(number);
        }

        Add(EventId.ToByteArray(bigEndian: true));
        Add(SchemaHash.Span);
        Add(Data.Span);
        return hash.GetHashAndReset();

        void Add(ReadOnlySpan<byte> part)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }
    }
}

/// <summary>A snapshot as it was found.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="EventIdThere">The id of the event that the journal holds at the snapshot's version now; null where the stream is not as long.</param>
public sealed record FoundSnapshot(StoredSnapshot Snapshot, Guid? EventIdThere);
