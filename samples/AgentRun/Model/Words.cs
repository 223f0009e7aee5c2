using System.Text;

namespace AgentRuns;

/// <summary>Texts for people: on one line, and no longer than asked for.</summary>
internal static class Words
{
    /// <summary>The beginning of a text, white space made single blanks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxCharacters">Characters at most, the ellipsis not counted.</param>
    public static string Beginning(string text, int maxCharacters)
    {
        var words = new StringBuilder(Math.Min(text.Length, maxCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            if (words.Length >= maxCharacters)
            {
                return words.Append('…').ToString();
            }

            if (!Rune.IsWhiteSpace(rune))
            {
                words.Append(rune.ToString());
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd();
    }
}
