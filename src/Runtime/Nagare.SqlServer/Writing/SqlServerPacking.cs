using System.Buffers.Binary;
using System.Text;

namespace Nagare.Storage;

/// <summary>
/// A list as one value. It begins with a directory: for each item its offset and its length, four bytes each; the items follow. Numbers are
/// big-endian and offsets count from 1, as T-SQL takes them.
/// </summary>
/// <remarks>
/// A table-valued parameter would be the usual way. Babelfish (seen in 4.3) takes values of one for null at random, as it leaves the marks of nulls
/// uninitialized, and puts text into SQL unquoted. Parameters for each column would be 2,100 at most, and text to parse for each row.
/// The header of an event, which <see cref="SqlServerWriteStatements"/> takes apart, is:
/// 1 position · 9 version · 17 recorded at · 25 whether it says when it occurred · 26 when it occurred · 34 schema version · 38 event id ·
/// from 54 on, offset in the header and length, two bytes each, of: stream id, family, type, correlation id, causation id, trace parent, actor,
/// subject, salt, content hash · 94 offset in the whole and length of the metadata · 102 the same of the data. The offset 0 is null.
/// </remarks>
internal static class SqlServerPacking
{
    private const int DirectoryBytes = 8;
    private const int EventIdBytes = 16;
    private const int OccurredAt = 24, Fields = 53, Metadata = 93, Data = 101, HeaderBytes = 109;

    /// <summary>Events, with their payloads behind their headers.</summary>
    /// <exception cref="JournalUnavailableException">A row to be restored has a salt or a hash that no journal makes.</exception>
    public static byte[] Events(IReadOnlyList<PlannedEvent> events)
    {
        var packed = new byte[events.Sum(SizeOf)];
        var at = events.Count * DirectoryBytes;
        for (var i = 0; i < events.Count; i++)
        {
            var header = at;
            var length = WriteHeader(packed.AsSpan(header), events[i]);
            Enter(packed, i, header, length);
            at = header + length;
            var e = events[i].Event;
            at = WriteBehind(packed, header + Metadata, at, e.Metadata.Span, isNull: e.Metadata.IsEmpty);
            at = WriteBehind(packed, header + Data, at, e.Data.Span, isNull: false);
        }

        return packed;
    }

    /// <summary>The further causes of events: eight bytes of position and the cause.</summary>
    public static byte[] Links(IReadOnlyList<PlannedEvent> events)
    {
        var links = events.SelectMany(e => e.Event.FurtherCauses, (e, cause) => (e.Position, Cause: cause)).ToList();
        var packed = new byte[links.Sum(link => DirectoryBytes + sizeof(long) + link.Cause.Length)];
        var at = links.Count * DirectoryBytes;
        for (var i = 0; i < links.Count; i++)
        {
            var (position, cause) = links[i];
            BinaryPrimitives.WriteInt64BigEndian(packed.AsSpan(at), position);
            cause.Span.CopyTo(packed.AsSpan(at + sizeof(long)));
            Enter(packed, i, at, sizeof(long) + cause.Length);
            at += sizeof(long) + cause.Length;
        }

        return packed;
    }

    /// <summary>Texts, as UTF-8.</summary>
    public static byte[] Texts(IReadOnlyList<string> texts)
    {
        var packed = new byte[texts.Sum(text => DirectoryBytes + Encoding.UTF8.GetByteCount(text))];
        var at = texts.Count * DirectoryBytes;
        for (var i = 0; i < texts.Count; i++)
        {
            var length = Encoding.UTF8.GetBytes(texts[i], packed.AsSpan(at));
            Enter(packed, i, at, length);
            at += length;
        }

        return packed;
    }

    /// <summary>Event ids.</summary>
    public static byte[] Ids(IReadOnlyList<Guid> ids)
    {
        var packed = new byte[ids.Count * (DirectoryBytes + EventIdBytes)];
        var at = ids.Count * DirectoryBytes;
        for (var i = 0; i < ids.Count; i++)
        {
            ids[i].TryWriteBytes(packed.AsSpan(at), bigEndian: true, out _);
            Enter(packed, i, at, EventIdBytes);
            at += EventIdBytes;
        }

        return packed;
    }

    private static int SizeOf(PlannedEvent planned)
    {
        var e = planned.Event;
        return checked(DirectoryBytes + HeaderBytes + Bytes(planned.StreamId.ToString()) + Bytes(e.Type.Family) + Bytes(e.Type.Name) + Bytes(e.CorrelationId) + e.CausationId.Length
            + Bytes(e.TraceParent) + Bytes(e.Actor) + Bytes(e.Subject) + e.Salt.Length + e.ContentHash.Length + e.Metadata.Length + e.Data.Length);
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static int WriteHeader(Span<byte> header, PlannedEvent planned)
    {
        var e = planned.Event;
        BinaryPrimitives.WriteInt64BigEndian(header, planned.Position);
        BinaryPrimitives.WriteInt64BigEndian(header[8..], planned.Version);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], planned.RecordedAt);
        if (e.OccurredAt is { } occurredAt)
        {
            header[OccurredAt] = 1;
            BinaryPrimitives.WriteInt64BigEndian(header[(OccurredAt + 1)..], occurredAt);
        }

        BinaryPrimitives.WriteInt32BigEndian(header[33..], e.Type.SchemaVersion);
        e.EventId.TryWriteBytes(header[37..], bigEndian: true, out _);
        var fields = new FieldWriter(header, planned.Position);
        fields.Add(planned.StreamId.ToString());
        fields.Add(e.Type.Family);
        fields.Add(e.Type.Name);
        fields.Add(e.CorrelationId);
        fields.AddUnlessEmpty(e.CausationId.Span);
        fields.Add(e.TraceParent);
        fields.Add(e.Actor);
        fields.Add(e.Subject);
        fields.AddUnlessEmpty(e.Salt.Span);
        fields.Add(e.ContentHash.Span);
        return fields.Length;
    }

    private static int WriteBehind(byte[] packed, int entry, int at, ReadOnlySpan<byte> bytes, bool isNull)
    {
        if (!isNull)
        {
            BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(entry), at + 1);
            BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(entry + sizeof(int)), bytes.Length);
            bytes.CopyTo(packed.AsSpan(at));
        }

        return at + bytes.Length;
    }

    private static void Enter(byte[] packed, int item, int at, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(item * DirectoryBytes), at + 1);
        BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(item * DirectoryBytes + sizeof(int)), length);
    }

    // Short fields, one behind the other; those that are null only have their place.
    private ref struct FieldWriter(Span<byte> header, long position)
    {
        private readonly Span<byte> _header = header;
        private int _entry = Fields;

        public int Length { get; private set; } = HeaderBytes;

        public void Add(string? text)
        {
            if (text is null)
            {
                _entry += sizeof(int);
                return;
            }

            Enter(Encoding.UTF8.GetBytes(text, _header[Length..]));
        }

        public void AddUnlessEmpty(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
            {
                _entry += sizeof(int);
                return;
            }

            Add(bytes);
        }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_header[Length..]);
            Enter(bytes.Length);
        }

        private void Enter(int length)
        {
            if (length > JournalLimits.MaxIdBytes)
            {
                throw new JournalUnavailableException(
                    $"A field of the event at position {position} has {length} bytes, {JournalLimits.MaxIdBytes} at most fit its column. No journal makes such an event: find out what did. Nothing was stored.");
            }

            BinaryPrimitives.WriteUInt16BigEndian(_header[_entry..], (ushort)(Length + 1));
            BinaryPrimitives.WriteUInt16BigEndian(_header[(_entry + sizeof(ushort))..], (ushort)length);
            _entry += sizeof(int);
            Length += length;
        }
    }
}
