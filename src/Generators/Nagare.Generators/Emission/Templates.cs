using System.Linq;

namespace Nagare.Generators;

/// <summary>Texts with holes as C#: a literal, or an interpolation that no culture changes.</summary>
internal static class Templates
{
    /// <summary>A template over the event in the given variable.</summary>
    public static string Text(TextModel text, string variable) => text.Parts.Any(static part => part.Expression is not null)
        ? Invariant(string.Concat(text.Parts.Select(part => Part(part, variable))))
        : Literals.Text(string.Concat(text.Parts.Select(static part => part.Literal)));

    /// <summary>The inside of an interpolated string, formatted culture-invariantly.</summary>
    public static string Invariant(string interpolation) =>
        $"string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $\"{interpolation}\")";

    private static string Part(TextPart part, string variable) => part.Expression is null
        ? Inside(part.Literal).Replace("{", "{{").Replace("}", "}}")
        : $"{{{variable}{part.Expression}{(part.Format is null ? "" : ":" + Inside(part.Format))}}}";

    private static string Inside(string text)
    {
        var literal = Literals.Text(text);
        return literal.Substring(1, literal.Length - 2);
    }
}
