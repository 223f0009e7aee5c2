using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nagare.CommandLine;

/// <summary>The append id of an imported run, the same each time: the journal answers a second import from the first.</summary>
internal static class ImportAppendId
{
    /// <summary>A UUIDv7 (RFC 9562) of the time of its first event where that is known and, in place of chance, a hash of its streams' ids.</summary>
    public static Guid For(AppendRequest run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("nagare import\n"u8);
        foreach (var stream in run.Streams)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(stream.StreamId.ToString()));
            hash.AppendData("\n"u8);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var bytes = digest[..16];
        var milliseconds = Math.Max(0, FirstOccurred(run)?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)(milliseconds >> 32));
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], (int)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        // The highest random bit stays clear, so that counting on to the ids of the events never carries out of the random part.
        bytes[8] = (byte)((bytes[8] & 0x1F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static DateTimeOffset? FirstOccurred(AppendRequest run)
    {
        foreach (var stream in run.Streams)
        {
            foreach (var e in stream.Events)
            {
                return e.Metadata?.OccurredAt ?? run.Metadata.OccurredAt;
            }
        }

        return run.Metadata.OccurredAt;
    }
}
