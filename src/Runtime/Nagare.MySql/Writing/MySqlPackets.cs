using System.Text;

namespace Nagare.Storage;

/// <summary>Divides events into trips that the server takes: what goes over at once is one packet, whose size the server bounds.</summary>
internal static class MySqlPackets
{
    // Past this size a trip costs nothing beside its bytes, and both ends keep a packet in memory whole, more than once.
    private const long MaxTripBytes = 32L * 1024 * 1024;

    // What a trip says besides its values: the other statements of the batch.
    private const long BatchBytes = 64 * 1024;

    // An event's row without its payload and texts: numbers at their longest, ids and hashes with every byte escaped, brackets, commas and quotes.
    private const long RowBytes = 512;

    private const long LinkBytes = 64;

    // Below this many bytes, twice the length is a bound as good as a count.
    private const int CountedBytes = 4096;

    /// <summary>Whether the events go over in one trip, as nearly all do.</summary>
    /// <exception cref="PayloadTooLargeException">One event alone is larger than a packet.</exception>
    public static bool IsOneTrip(IReadOnlyList<PlannedEvent> events, long maxPacketBytes)
    {
        var bytes = 0L;
        foreach (var e in events)
        {
            bytes += Bytes(e);
        }

        return bytes <= MaxBytes(maxPacketBytes) || Divide(events, maxPacketBytes) is [_];
    }

    /// <summary>The events in the order given, in as few trips as the server's largest packet allows.</summary>
    /// <exception cref="PayloadTooLargeException">One event alone is larger than a packet.</exception>
    public static List<IReadOnlyList<PlannedEvent>> Divide(IReadOnlyList<PlannedEvent> events, long maxPacketBytes)
    {
        var trips = new List<IReadOnlyList<PlannedEvent>>();
        var trip = new List<PlannedEvent>();
        var bytes = 0L;
        foreach (var e in events)
        {
            var own = Bytes(e);
            if (own > maxPacketBytes - BatchBytes)
            {
                throw new PayloadTooLargeException(
                    $"The statement that stores an event of stream '{e.StreamId}', in which a quote, a backslash and a zero byte count twice, and which max_allowed_packet of the server bounds,",
                    own,
                    Math.Max(0, maxPacketBytes - BatchBytes),
                    "bytes");
            }

            if (trip.Count > 0 && bytes + own > MaxBytes(maxPacketBytes))
            {
                trips.Add(trip);
                trip = [];
                bytes = 0;
            }

            trip.Add(e);
            bytes += own;
        }

        if (trip.Count > 0)
        {
            trips.Add(trip);
        }

        return trips;
    }

    private static long MaxBytes(long maxPacketBytes) => Math.Min(MaxTripBytes, maxPacketBytes - BatchBytes);

    private static long Bytes(PlannedEvent planned)
    {
        var e = planned.Event;
        var bytes = RowBytes + Escaped(e.Data.Span) + Escaped(e.Metadata.Span) + Escaped(e.CausationId.Span) + Escaped(e.Salt.Span) + Escaped(e.ContentHash.Span)
            + Escaped(planned.StreamId.ToString()) + Escaped(e.Type.Family) + Escaped(e.Type.Name)
            + Escaped(e.CorrelationId) + Escaped(e.TraceParent) + Escaped(e.Actor) + Escaped(e.Subject);
        foreach (var cause in e.FurtherCauses)
        {
            bytes += LinkBytes + Escaped(cause.Span);
        }

        return bytes;
    }

    private static long Escaped(ReadOnlySpan<byte> bytes) => bytes.Length < CountedBytes
        ? bytes.Length * 2L
        : bytes.Length + (long)bytes.Count((byte)'\'') + bytes.Count((byte)'\\') + bytes.Count((byte)0);

    private static long Escaped(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length) * 2L;
}
