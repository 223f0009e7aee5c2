using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Nagare.Schema;

/// <summary>The words of the file: keywords, and names, which stand in quotes where they are no plain words.</summary>
internal static class SchemaWords
{
    private static readonly Dictionary<SchemaForm, string> Forms = new()
    {
        [SchemaForm.List] = "list",
        [SchemaForm.Map] = "map",
        [SchemaForm.Object] = "object",
        [SchemaForm.Enum] = "enum",
        [SchemaForm.Union] = "union",
        [SchemaForm.Record] = "event",
        [SchemaForm.Opaque] = "opaque",
        [SchemaForm.NumberedEnum] = "numbered-enum",
    };

    public static string Of(SchemaForm form) => Forms[form];

    /// <summary>The form of this keyword, or null.</summary>
    public static SchemaForm? Form(string word) => Forms.Where(pair => pair.Value == word).Select(pair => (SchemaForm?)pair.Key).FirstOrDefault();

    /// <summary>A name as it stands in the file.</summary>
    public static string Quote(string name) => IsWord(name) ? name : QuoteAlways(name);

    // A loop: a build asks this for every word of every event's schema.
    private static bool IsWord(string name)
    {
        foreach (var character in name)
        {
            if (!IsPlain(character))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <summary>A text as a JSON string without line ends, in ASCII and what letters and digits there are.</summary>
    public static string QuoteAlways(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                quoted.Append('\\').Append(character);
            }
            else if (character is (>= ' ' and <= '~') || char.IsLetterOrDigit(character))
            {
                quoted.Append(character);
            }
            else
            {
                quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>
    /// The words of a line up to a comment: quoted ones with their quotes. Null where a quote is not closed or does not stand apart.
    /// </summary>
    public static IReadOnlyList<string>? Split(string line, out string? comment)
    {
        var words = new List<string>();
        comment = null;
        var at = 0;
        while (at < line.Length)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
            }
            else if (line[at] == '#')
            {
                comment = line.Substring(at + 1).Trim();
                break;
            }
            else
            {
                var start = at;
                if (!Skip(line, ref at))
                {
                    return null;
                }

                words.Add(line.Substring(start, at - start));
            }
        }

        return words;
    }

    /// <summary>What a plain or quoted word stands for, or null where it is neither.</summary>
    public static string? Unquote(string word)
    {
        if (word.Length == 0 || word[0] != '"')
        {
            return word.Length > 0 && word.All(IsPlain) ? word : null;
        }

        var text = new StringBuilder();
        for (var i = 1; i < word.Length - 1; i++)
        {
            if (word[i] != '\\')
            {
                text.Append(word[i]);
            }
            else if (word[++i] == 'u' && i + 4 < word.Length && ushort.TryParse(word.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else if (word[i] is '"' or '\\')
            {
                text.Append(word[i]);
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    // A word ends at a blank; inside quotes it does not.
    private static bool Skip(string line, ref int at)
    {
        while (at < line.Length && line[at] is not (' ' or '\t'))
        {
            if (line[at++] != '"')
            {
                continue;
            }

            while (at < line.Length && line[at] != '"')
            {
                at += line[at] == '\\' ? 2 : 1;
            }

            if (at++ >= line.Length)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(char character) => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or '$' or '@' or ':' or '+';
}
