using System.Text;

namespace Nagare;

/// <summary>What caused an event: another event's id, or an id from outside such as a request or a message.</summary>
/// <remarks>
/// Stored as bytes on every database: 0x01 and the 16 bytes of an event id, or 0x02 and the UTF-8 of an outside id, so that the two
/// kinds cannot be taken for each other. A GUID given as text is an outside id; give the <see cref="Guid"/> where an event is meant.
/// </remarks>
public readonly record struct CausationId
{
    private const byte EventTag = 1;
    private const byte OutsideTag = 2;

    private readonly Guid _event;
    private readonly string? _outside;

    /// <summary>An event as the cause.</summary>
    /// <exception cref="InvalidIdException">The id is empty.</exception>
    public CausationId(Guid eventId)
    {
        if (eventId == Guid.Empty)
        {
            throw new InvalidIdException("causation id", eventId.ToString(), "it is empty");
        }

        _event = eventId;
    }

    /// <summary>Something outside the journal as the cause: 1 to 254 bytes of UTF-8 without control characters.</summary>
    /// <exception cref="InvalidIdException">The id breaks one of the rules for ids.</exception>
    public CausationId(string outsideId)
    {
        ArgumentNullException.ThrowIfNull(outsideId);
        IdRules.Check(outsideId, "causation id");
        if (Encoding.UTF8.GetByteCount(outsideId) >= JournalLimits.MaxIdBytes)
        {
            throw new InvalidIdException("causation id", outsideId, $"it has more than {JournalLimits.MaxIdBytes - 1} bytes of UTF-8");
        }

        _outside = outsideId;
    }

    /// <summary>The event, or null where the cause lies outside the journal.</summary>
    public Guid? EventId => _event == Guid.Empty ? null : _event;

    /// <summary>The outside id, or null where the cause is an event.</summary>
    public string? OutsideId => _outside;

    /// <summary>The id as it is stored.</summary>
    public byte[] ToBytes()
    {
        if (_outside is not null)
        {
            var text = new byte[1 + Encoding.UTF8.GetByteCount(_outside)];
            text[0] = OutsideTag;
            Encoding.UTF8.GetBytes(_outside, text.AsSpan(1));
            return text;
        }

        var bytes = new byte[17];
        bytes[0] = EventTag;
        _event.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="FormatException">The bytes are no stored causation id.</exception>
    public static CausationId FromBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [EventTag, ..] when bytes.Length == 17 => new(new Guid(bytes[1..], bigEndian: true)),
        [OutsideTag, _, ..] => new(Encoding.UTF8.GetString(bytes[1..])),
        _ => throw new FormatException($"{bytes.Length} bytes are no stored causation id."),
    };

    /// <summary>The event id in its usual form, or the outside id.</summary>
    public override string ToString() => _outside ?? _event.ToString();

    /// <summary>An event as the cause.</summary>
    public static implicit operator CausationId(Guid eventId) => new(eventId);

    /// <summary>Something outside the journal as the cause.</summary>
    public static implicit operator CausationId(string outsideId) => new(outsideId);
}
