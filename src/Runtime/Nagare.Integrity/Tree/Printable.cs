namespace Nagare;

/// <summary>Text from outside, made fit for a message: short, and without characters that act on a terminal.</summary>
internal static class Printable
{
    private const int MaxShownCharacters = 80;

    public static string Shorten(string text)
    {
        var line = VisibleText.Line(text);
        return line.Length <= MaxShownCharacters ? line : string.Concat(line.AsSpan(0, MaxShownCharacters), "…");
    }
}
