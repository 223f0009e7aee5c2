using System.Diagnostics.CodeAnalysis;

namespace Nagare;

/// <summary>Names one stream: a category, which is as a rule the event family's name, and an id within it.</summary>
/// <remarks>
/// Written <c>category/id</c>. The text as a whole obeys <see cref="JournalLimits.MaxIdBytes"/>: 1 to 255 bytes of UTF-8, no
/// control characters, no leading or trailing white space; the category holds no <c>/</c>. Comparison is ordinal: ids that differ
/// in case, accent or trailing character are different streams on every database.
/// </remarks>
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>
{
    private readonly string? _text;
    private readonly int _categoryLength;

    /// <summary>Names a stream by its category and its id.</summary>
    /// <exception cref="InvalidStreamIdException">The id breaks one of the rules above.</exception>
    public StreamId(string category, string id)
    {
        ArgumentNullException.ThrowIfNull(category);
        ArgumentNullException.ThrowIfNull(id);
        if (category.Length == 0 || id.Length == 0)
        {
            throw new InvalidStreamIdException($"{category}/{id}", "the category and the id must both hold at least one character");
        }

        if (category.Contains('/'))
        {
            throw new InvalidStreamIdException($"{category}/{id}", "a category holds no '/', because '/' ends it");
        }

        _text = string.Concat(category, "/", id);
        _categoryLength = category.Length;
        if (IdRules.Breach(_text) is { } breach)
        {
            throw new InvalidStreamIdException(_text, breach);
        }

        if (char.IsWhiteSpace(category[^1]) || char.IsWhiteSpace(id[0]))
        {
            throw new InvalidStreamIdException(_text, "neither the category nor the id may begin or end with white space");
        }
    }

    private StreamId(string text, int categoryLength) => (_text, _categoryLength) = (text, categoryLength);

    /// <summary>What the streams of one family have in common; for the stream of an aggregate, the family's name.</summary>
    public string Category => Text[.._categoryLength];

    /// <summary>Which one it is within its category.</summary>
    public string Id => Text[(_categoryLength + 1)..];

    /// <summary>Whether this is <see langword="default"/> and names nothing.</summary>
    public bool IsDefault => _text is null;

    private string Text => _text ?? throw new InvalidStreamIdException("", "the stream id was never set (default)");

    /// <summary>Reads <c>category/id</c>.</summary>
    /// <exception cref="InvalidStreamIdException">The text is no stream id.</exception>
    public static StreamId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/');
        return slash < 0
            ? throw new InvalidStreamIdException(text, "a stream id is written category/id")
            : new StreamId(text[..slash], text[(slash + 1)..]);
    }

    /// <summary>Reads <c>category/id</c>, or says that the text is no stream id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        try
        {
            id = Parse(text);
            return true;
        }
        catch (InvalidStreamIdException)
        {
            return false;
        }
    }

    /// <summary>Takes a text that a journal holds and that was therefore checked when it was stored.</summary>
    internal static StreamId FromStored(string text) => new(text, text.IndexOf('/'));

    /// <summary>Refuses <see langword="default"/>.</summary>
    internal string Checked() => Text;

    /// <inheritdoc/>
    public bool Equals(StreamId other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>Ordinal order of the texts.</summary>
    public int CompareTo(StreamId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The stream id as <c>category/id</c>; empty for <see langword="default"/>.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Whether both name the same stream.</summary>
    public static bool operator ==(StreamId left, StreamId right) => left.Equals(right);

    /// <summary>Whether the two name different streams.</summary>
    public static bool operator !=(StreamId left, StreamId right) => !left.Equals(right);

    /// <summary>Ordinal order.</summary>
    public static bool operator <(StreamId left, StreamId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(StreamId left, StreamId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;
}
