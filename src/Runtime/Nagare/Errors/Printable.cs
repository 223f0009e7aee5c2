namespace Nagare;

/// <summary>Text from outside, made fit for a message: short, and without characters that act on a terminal.</summary>
internal static class Printable
{
    private const int MaxShownCharacters = 80;

    public static string Shorten(string text)
    {
        var shown = text.Length <= MaxShownCharacters ? text : string.Concat(text.AsSpan(0, MaxShownCharacters), "…");
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '\uFFFD' : source[i];
            }
        });
    }
}
