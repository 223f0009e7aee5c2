using System.Globalization;

namespace Nagare;

/// <summary>A place in a journal that somebody has seen, to be kept elsewhere: whoever holds it notices when an older backup of the journal was restored.</summary>
/// <param name="Position">The position; 0 for an empty journal, of which nothing can be said.</param>
/// <param name="EventId">The id of the event there.</param>
/// <param name="ContentHash">Its content hash, in lower-case hexadecimal digits; empty at position 0.</param>
public sealed record JournalMark(Position Position, Guid EventId, string ContentHash)
{
    /// <summary>The place before the first event.</summary>
    public static JournalMark Start { get; } = new(0, Guid.Empty, "");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JournalMark Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(':') is [var position, var eventId, var hash]
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Guid.TryParseExact(eventId, "D", out var id)
            && hash.All(char.IsAsciiHexDigitLower)
            ? new JournalMark(number, id, hash)
            : throw new FormatException($"'{Printable.Shorten(text)}' is no mark of a journal: position, event id and content hash, with colons between them.");
    }

    /// <summary>Position, event id and content hash, with colons between them.</summary>
    public override string ToString() => $"{Position}:{EventId:D}:{ContentHash}";
}
