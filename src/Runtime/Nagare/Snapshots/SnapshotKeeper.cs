using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Nagare.Storage;

namespace Nagare;

/// <summary>Finds the snapshot at which a load of one kind of aggregate can begin, and offers new ones to be written.</summary>
/// <remarks>
/// A snapshot is a shortcut and never a source: what the journal does not bear out, in every respect that can be checked, is passed over, and the state
/// is folded from the first event.
/// </remarks>
internal sealed class SnapshotKeeper<TAggregate>(SnapshotPolicy<TAggregate> policy, EventFamily family, UnknownEventPolicy unknownEvents, IJournalStorage storage, SnapshotWriter writer)
{
    /// <summary>A state may nest deeper than a payload.</summary>
    private const int MaxStateDepth = 1_000;

    private static readonly JsonWriterOptions Writing = new() { MaxDepth = MaxStateDepth, SkipValidation = true };

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxStateDepth };

    private readonly byte[] _schemaHash = SnapshotSchema.Hash(policy, family, unknownEvents);
    private readonly string _name = SnapshotSchema.NameOf(typeof(TAggregate));

    /// <summary>Where a load up to a bound can begin, or null for the first event.</summary>
    public async ValueTask<FoldStart<TAggregate>?> Find(StreamId stream, FoldBound bound, CancellationToken cancellationToken)
    {
        FoundSnapshot? found;
        try
        {
            found = await storage.ReadSnapshot(stream.ToString(), _name, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            // The load itself, which reads elsewhere, says what is wrong if it cannot go on either.
            writer.Observers.Failed(_name, stream, 0, failure);
            return null;
        }

        if (found is null)
        {
            return null;
        }

        var (start, fault) = Judge(found, stream, bound);
        if (start is null)
        {
            writer.Observers.Ignored(_name, stream, Math.Max(0, found.Snapshot.Version), fault);
        }
        else
        {
            writer.Observers.Used(_name, stream, start.Version);
        }

        return start;
    }

    /// <summary>Writes a snapshot behind the call where enough events lie between the last one and this state. The state is encoded here: it may change in place later. Returns whether it was taken.</summary>
    public bool Offer(StreamId stream, TAggregate state, long version, long position, long recordedAt, long lastSnapshot)
    {
        if (version - lastSnapshot < policy.Every)
        {
            return false;
        }

        byte[] data;
        try
        {
            data = Encode(state);
        }
        catch (Exception failure) when (failure is JsonException or NagareException or InvalidOperationException or NotSupportedException or FormatException)
        {
            writer.Observers.Failed(_name, stream, version, failure);
            return false;
        }

        if (data.Length > JournalLimits.MaxPayloadBytes)
        {
            writer.Observers.Failed(_name, stream, version, new PayloadTooLargeException("A snapshot", data.Length, JournalLimits.MaxPayloadBytes, "bytes"));
            return false;
        }

        writer.Write(new StoredSnapshot
        {
            StreamId = stream.ToString(),
            Aggregate = _name,
            Version = version,
            Position = position,
            RecordedAt = recordedAt,
            EventId = Guid.Empty,
            SchemaHash = _schemaHash,
            Data = data,
            Checksum = default,
        });
        return true;
    }

    private byte[] Encode(TAggregate state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            policy.Codec.Write(json, state);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private (FoldStart<TAggregate>? Start, SnapshotFault Fault) Judge(FoundSnapshot found, StreamId stream, FoldBound bound)
    {
        var snapshot = found.Snapshot;
        if (snapshot.Version < 1 || snapshot.StreamId != stream.ToString() || snapshot.Aggregate != _name || !snapshot.Checksum.Span.SequenceEqual(snapshot.ComputeChecksum()))
        {
            return (null, SnapshotFault.Damaged);
        }

        if (!snapshot.SchemaHash.Span.SequenceEqual(_schemaHash))
        {
            return (null, SnapshotFault.OtherSchema);
        }

        if (found.EventIdThere != snapshot.EventId)
        {
            return (null, SnapshotFault.OtherHistory);
        }

        if (snapshot.Version > bound.Version || snapshot.Position > bound.Position || snapshot.RecordedAt > bound.RecordedAt)
        {
            return (null, SnapshotFault.BeyondTheMoment);
        }

        return TryDecode(snapshot.Data.Span, out var state)
            ? (new FoldStart<TAggregate>(state, snapshot.Version, snapshot.Position, snapshot.RecordedAt), default)
            : (null, SnapshotFault.Damaged);
    }

    private bool TryDecode(ReadOnlySpan<byte> data, [MaybeNullWhen(false)] out TAggregate state)
    {
        var reader = new Utf8JsonReader(data, Reading);
        try
        {
            state = policy.Codec.Read(ref reader);
            return state is not null && !reader.Read();
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or NotSupportedException or OverflowException or ArgumentException or NagareException)
        {
            // Whatever a codec makes of bytes that are no state of its own: the journal has the state.
            state = default;
            return false;
        }
    }
}

/// <summary>Where a fold begins.</summary>
/// <param name="State">The state there.</param>
/// <param name="Version">The version of the last event in it.</param>
/// <param name="Position">That event's position.</param>
/// <param name="RecordedAt">When it was recorded, Unix microseconds.</param>
internal sealed record FoldStart<TAggregate>(TAggregate State, long Version, long Position, long RecordedAt);
