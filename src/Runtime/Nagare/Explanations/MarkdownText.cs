using System.Text;

namespace Nagare;

/// <summary>Text of events inside Markdown: shown as it is, never obeyed.</summary>
internal static class MarkdownText
{
    private const int FewestFenceCharacters = 3;

    // What opens inline markup anywhere in a line: code, emphasis, links, images, HTML, entities, strike-through, tables, mathematics.
    private const string Inline = "\\`*_{}[]<>#|~!&$";

    /// <summary>The text on one line, with everything escaped that Markdown would take for markup.</summary>
    public static string Escape(string text)
    {
        var line = VisibleText.Line(text).Trim(' ');
        var escaped = new StringBuilder(line.Length + 8);
        var start = OpensBlock(line);
        for (var i = 0; i < line.Length; i++)
        {
            if (i == start || Inline.Contains(line[i], StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Writes the text with its lines as a block of code, fenced by more backticks than it holds in a row.</summary>
    public static void AppendBlock(StringBuilder target, string text)
    {
        var shown = VisibleText.Block(text);
        var fence = new string('`', Math.Max(FewestFenceCharacters, LongestRun(shown, '`') + 1));
        target.Append(fence).Append("text\n").Append(shown).Append('\n').Append(fence).Append('\n');
    }

    // The index of the character that makes the start of a line a list or an underline ("- ", "+ ", "=", "12. ", "12) "), or -1.
    private static int OpensBlock(string line)
    {
        if (line is ['-' or '+' or '=', ..])
        {
            return 0;
        }

        var digits = 0;
        while (digits < line.Length && char.IsAsciiDigit(line[digits]))
        {
            digits++;
        }

        return digits > 0 && digits < line.Length && line[digits] is '.' or ')' ? digits : -1;
    }

    private static int LongestRun(string text, char wanted)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == wanted ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
