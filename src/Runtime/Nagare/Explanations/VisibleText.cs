// Payloads come from models, tools and strangers. A terminal obeys escape sequences, and a bidirectional override shows a reader other
// words than were stored: whatever prints text of events passes it through here.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nagare;

/// <summary>Makes characters visible that act on a terminal, reorder text or cannot be seen: a bidirectional override becomes <c>\u202E</c>.</summary>
/// <remarks>
/// Made visible are control characters, line and paragraph separators, all format characters (bidirectional controls, byte order marks,
/// the invisible tag characters) except the two joiners that scripts and emoji need, noncharacters, and halves of surrogate pairs.
/// A backslash stays as it is: the result is for people, not for reading back.
/// </remarks>
public static class VisibleText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    private static readonly SearchValues<char> PlainAscii = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>The text fit for one line: line breaks and tabs are made visible too, as <c>\n</c>, <c>\r</c> and <c>\t</c>.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Show(text, keepLines: false);
    }

    /// <summary>The text with its lines: line feeds and tabs stay, a carriage return before a line feed goes, everything else is made visible.</summary>
    public static string Block(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Show(text, keepLines: true);
    }

    private static string Show(string text, bool keepLines)
    {
        var plain = text.AsSpan().IndexOfAnyExcept(PlainAscii);
        if (plain < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text, 0, plain, text.Length + 16);
        for (var i = plain; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != OperationStatus.Done)
            {
                AppendCode(shown, text[i]);
            }
            else if (!keepLines || !IsLineBreak(text, i))
            {
                Append(shown, rune, keepLines);
            }
            else if (text[i] == '\n')
            {
                shown.Append('\n');
            }

            i += length;
        }

        return shown.ToString();
    }

    private static bool IsLineBreak(string text, int index) => text[index] == '\n' || (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n');

    private static void Append(StringBuilder shown, Rune rune, bool keepTabs)
    {
        switch (rune.Value)
        {
            case '\t' when keepTabs:
                shown.Append('\t');
                break;
            case '\t':
                shown.Append("\\t");
                break;
            case '\n':
                shown.Append("\\n");
                break;
            case '\r':
                shown.Append("\\r");
                break;
            case ZeroWidthJoiner or ZeroWidthNonJoiner:
                shown.Append((char)rune.Value);
                break;
            default:
                if (IsHidden(rune))
                {
                    AppendCode(shown, rune.Value);
                }
                else
                {
                    shown.Append(rune.ToString());
                }

                break;
        }
    }

    private static bool IsHidden(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void AppendCode(StringBuilder shown, int code) =>
        shown.Append(code > char.MaxValue ? "\\U" : "\\u").Append(code.ToString(code > char.MaxValue ? "X8" : "X4", CultureInfo.InvariantCulture));
}
