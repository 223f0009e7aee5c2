using System.Text;

namespace Nagare;

/// <summary>The rules every stored id and name obeys, checked before any database sees it.</summary>
/// <remarks>
/// Two of the four databases pad with blanks when they compare, one treats control characters as it likes, and index rows have
/// a size: what all of them can keep apart is what is allowed.
/// </remarks>
internal static class IdRules
{
    /// <summary>What is wrong with the id, or null where nothing is.</summary>
    public static string? Breach(string id)
    {
        if (id.Length == 0)
        {
            return "it is empty";
        }

        if (char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))
        {
            return "it begins or ends with white space";
        }

        for (var i = 0; i < id.Length; i++)
        {
            if (char.IsControl(id[i]))
            {
                return $"it holds the control character U+{(int)id[i]:X4} at index {i}";
            }

            if (char.IsSurrogate(id[i]))
            {
                if (!char.IsHighSurrogate(id[i]) || i + 1 == id.Length || !char.IsLowSurrogate(id[i + 1]))
                {
                    return $"it holds a lone surrogate at index {i}";
                }

                i++;
            }
        }

        var bytes = Encoding.UTF8.GetByteCount(id);
        return bytes > JournalLimits.MaxIdBytes ? $"it has {bytes} bytes of UTF-8, {JournalLimits.MaxIdBytes} at most are allowed" : null;
    }

    /// <summary>Checks an id that is not a stream id.</summary>
    /// <exception cref="InvalidIdException">The id breaks a rule.</exception>
    public static void Check(string? id, string what)
    {
        if (id is not null && Breach(id) is { } breach)
        {
            throw new InvalidIdException(what, id, breach);
        }
    }
}
